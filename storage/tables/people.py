"""Rows about the company and its people."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.columns import Moment


class CompanyRow(SQLModel, table=True):
    """The one company of this installation; `id` is always 1."""

    __tablename__ = "company"
    id: int = Field(primary_key=True)
    name: str
    timezone: str
    currency: str
    region: str


class EmployeeRow(SQLModel, table=True):
    __tablename__ = "employee"
    id: str = Field(primary_key=True)
    name: str
    role: str
    active: bool


class DeviceRow(SQLModel, table=True):
    """`token_hash` is the SHA-256 of a random 256-bit token: too long to guess, so no salt is needed."""

    __tablename__ = "device"
    id: str = Field(primary_key=True)
    employee: str = Field(foreign_key="employee.id", index=True)
    label: str
    token_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Moment)
    last_seen_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class InviteRow(SQLModel, table=True):
    __tablename__ = "invite"
    code_hash: str = Field(primary_key=True)
    employee: str = Field(foreign_key="employee.id", index=True)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
