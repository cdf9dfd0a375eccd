"""Words that are hardly ever names, and what people called so are called for short. One entry more is one
word more; nothing is decided here."""

SMALL = {
    "a", "an", "the", "of", "and", "or", "to", "in", "on", "at", "for", "from", "with", "by", "is", "was",
    "it", "i", "we",
    "he", "she", "they", "them", "her", "his", "their", "our", "my", "me", "us", "him", "you", "that",
    "this", "so", "but",
    "as", "be", "are", "were", "has", "have", "had", "not", "no", "do", "did", "if", "up", "out", "s",
    "t", "ll", "re", "ve",
}  # fmt: skip
DULL = {
    "water", "fresh", "house", "hard", "dry", "box", "case", "pack", "bag", "bottle", "small", "large",
    "medium", "kit", "set",
    "red", "white", "black", "blue", "green", "hotel", "shop", "store", "club", "road", "street", "group",
    "centre", "center",
    "service", "services", "supply", "supplies", "and", "care", "classic", "standard", "premium", "spot",
    "for", "with",
    "line", "bar", "pass", "old", "dock", "free", "plus", "pro", "mini", "light", "heavy", "new", "pure",
    "extra", "super",
    "ounce", "bags", "roll", "syringe", "keg", "tub", "tube", "drum", "jar", "jug", "gallon", "tray",
    "sack", "cylinder", "tank", "barrel", "bucket", "pair", "piece", "sheet", "bundle", "carton", "tin",
    "pouch", "sleeve", "machine", "seed", "powder", "mix", "blend", "cup", "jugs", "cleaner", "cleaning",
    "paper", "oil", "glass", "face", "early", "winter", "half", "inch", "type",
    "hand", "week", "food", "cold", "high", "heat", "work", "first", "time", "day", "safety", "clean",
    "wash", "shelf",
    "boot", "home", "general", "digital", "cut", "air", "soft", "sharp", "open", "door", "top", "long",
    "short",
    "double", "single", "king", "queen", "quick", "basic", "special", "mixed",
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen", "hundred",
}  # fmt: skip
"""Words that several trades share: alone they name no product, but for 'four cases of bottles'."""
_SHORT = """
abigail abby gail | abraham abe | adrian ade | agnieszka aga | albert al bert bertie | alexander alex alec
sandy sasha | alexandra alex sandra lexi | alfred alf alfie fred | amanda mandy | andrew andy drew | angela
angie ange | anna annie anya | anneliese anne liese lisa | anthony tony ant | antonio tony toni | archibald
archie | arthur art artie | barbara barb babs barbie | benedict ben | benjamin ben benny | bernadette bernie
| bernard bernie | beverley bev | bradley brad | caroline carol carrie caz | catherine cathy kate katie cath
cat kitty | charles charlie chuck chas | charlotte charlie lottie | christina chris tina chrissy | christine
chris chrissie | christopher chris kit | clifford cliff | constance connie | cornelius con neil | cynthia
cindy | daniel dan danny | danielle dani | darren daz dazza | david dave davey | deborah deb debbie debs |
dennis den | diane di | dominic dom | donald don donnie | dorothy dot dottie | douglas doug dougie | duncan
dunc | edward ed eddie ted teddy ned | edwin ed | eleanor ellie nell nora | elizabeth liz beth lizzie eliza
betty libby lisa bess | emily em | eugene gene | ewan ewen | ferdinand ferdie | florence flo | frances fran
frankie | francesca fran chessie | francis frank fran | francisco paco pancho frank | franklin frank |
frederick fred freddie freddy | gabriel gabe | gareth gaz | gary gaz gazza | geoffrey geoff | george georgie
| gerald gerry jerry | gerard gerry ger | giovanni gio gianni john | giuseppe beppe joe | graham gray |
gregory greg | grzegorz greg gregor | guillermo memo | gwendolyn gwen | harold harry hal | harriet hattie |
heather heath | helena helen lena | henry harry hank | herbert herb bert | howard howie | ignatius iggy
nacho | ignacio nacho | isabella bella izzy isabel | isabel izzy bel | jacob jake | jacqueline jackie |
james jim jimmy jamie jem | janet jan | jason jase | jeffrey jeff | jennifer jen jenny | jeremy jez jem
jerry | jessica jess | jesus chuy | joan joanie | joanna jo joanne | joanne jo | jocelyn joss | johannes
hans joe | john jack johnny jock | jonathan jon jonny john | jose pepe | joseph joe joey | josephine jo
josie | joshua josh | joyce joy | judith judy jude | julia jules julie | julian jules | katarzyna kasia kate
| katherine kathy kate katie kath kat kit | kathleen kathy kath | kenneth ken kenny | kimberly kim |
kristina kris tina | kristopher kris | laurence larry laurie | lawrence larry laurie | leonard len lenny leo
| leslie les | lillian lily lil | linda lyn | louis lou louie | louise lou | lucas luke | lucinda lucy cindy
| lucille lucy | madeleine maddie | magdalena magda lena | malcolm malc mal | manuel manny manolo | marcus
marc | margaret maggie meg peggy marge madge greta rita | maria mary mia | marjorie marge | mark marky |
marlene marly | martin marty | martha marty | matilda tilly | matthew matt matty | maureen mo | maurice mo |
maximilian max | melanie mel | melissa mel lissa | michael mike mick mickey micky mikey | michelle shell
chelle | mildred millie | miranda mandy | miriam mim | mitchell mitch | mohammed mo | montgomery monty |
morris mo | natalie nat | natasha tasha nat | nathan nate | nathaniel nat nate | nicholas nick nicky nico |
nicola nicky nic | nicole nicky nic | norman norm | oliver olly ollie | olivia liv livvy | oscar ozzie |
pamela pam | patricia pat trish patty tricia patsy | patrick pat paddy rick | paula pauline | penelope penny
pen | percival percy | peter pete | philip phil pip | philippa pippa pip | phillip phil | phyllis phyl |
priscilla cilla | rafael rafa rafe | randall randy | raymond ray | rebecca becky bec becca beck | reginald
reg reggie | reinhard reini | richard rick dick rich richie ricky | robert bob rob bobby robbie bert robbo |
roberta bobbie | roderick rod | rodney rod | roger rog | roland rolly | ronald ron ronnie | rosemary rose
rosie | rudolph rudy | rupert rupe | russell russ | samantha sam sammy | samuel sam sammy | sandra sandy |
sarah sally sadie | sean shaun | sebastian seb bastian | sharon shaz shazza | sidney sid | simon si | sophia
sophie | spencer spence | stanley stan | stephanie steph | stephen steve stevie | steven steve stevie |
stuart stu | susan sue susie | suzanne sue suzy | sylvia syl | tabitha tabby | terence terry | teresa terry
tess | theodore ted teddy theo | theresa terry tess | thomas tom tommy | timothy tim timmy | tobias toby |
valerie val | vanessa ness nessa | veronica ronnie vroni | veronika vroni | victor vic | victoria vicky tori
vic | vincent vin vinny vince | virginia ginny ginger | walter walt wally | warren waz | wayne wazza |
wendell wen | wilfred wilf | wilhelm willi will | william bill will billy liam willy | winifred winnie freda
| yolanda yoli | zachary zach zack
"""
SHORT: dict[str, frozenset[str]] = {
    line.split()[0]: frozenset(line.split()[1:]) for line in _SHORT.split("|") if line.split()
}
"""A given name and what its bearers are called."""
MEASURES = {
    "oz": "ounce", "ml": "mil", "millilitre": "mil", "milliliter": "mil", "kg": "kilo", "kilogram": "kilo",
    "kgs": "kilo", "l": "litre", "liter": "litre", "ltr": "litre", "ft": "foot", "feet": "foot",
    "lb": "pound",
    "lbs": "pound",
    "hp": "horsepower", "cl": "centilitre", "mm": "millimetre", "millimeter": "millimetre",
    "cm": "centimetre", "centimeter": "centimetre", "gal": "gallon", "inche": "inch", "yd": "yard",
}  # fmt: skip
"""Measures as they are written, and as they are said."""
COMMON = {
    "al", "art", "bill", "bell", "chuck", "con", "den", "dot", "drew", "frank", "gene", "grace", "grant",
    "hank",
    "hope", "joy", "kit", "lee", "mark", "may", "mo", "nat", "nick", "norm", "pat",
    "pen", "penny", "ray", "rich", "rob", "rod", "rose", "sandy", "sue", "vic", "will", "summer",
    "dawn", "gray", "heath", "joss",
}  # fmt: skip
"""Given names that are words: without a capital they are no name."""
