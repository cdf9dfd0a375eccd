# One image for both: `rounds serve` and `rounds worker`. Built like everything else, with `make setup`.
FROM python:3.13-slim-trixie AS build
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /rounds
COPY . .
# The models go into the image, so that a worker starts without the internet.
RUN ROUNDS_HOME=/rounds/state make setup && rm -rf mobile-web/node_modules

FROM python:3.13-slim-trixie
RUN useradd --uid 10001 --create-home rounds
COPY --from=build --chown=10001:10001 /rounds /rounds
WORKDIR /rounds
USER 10001
ENV PATH=/rounds/.venv/bin:$PATH ROUNDS_HOME=/rounds/state PYTHONUNBUFFERED=1
# Behind the proxy: plain HTTP for it alone; the proxy keeps the certificate.
ENV ROUNDS_SERVER__HOST=0.0.0.0 ROUNDS_SERVER__HTTPS=false
EXPOSE 8000
CMD ["rounds", "serve"]
