"""Names that wire copy takes as known: cities that stand alone in a dateline, regions, agencies.

Each is written here as prose has it, whatever the case of the copy.

The cities are those that agencies print without a state or country, and the world's capitals;
the regions are the states, provinces and countries that follow a city, in full and abbreviated.
"""

from functools import lru_cache

_CITIES = """
Atlanta, Baltimore, Boston, Chicago, Cincinnati, Cleveland, Dallas, Denver, Detroit, Honolulu,
Houston, Indianapolis, Kansas City, Las Vegas, Los Angeles, Memphis, Miami, Milwaukee,
Minneapolis, New Orleans, New York, Oklahoma City, Omaha, Philadelphia, Phoenix, Pittsburgh,
Sacramento, St Louis, St Paul, Salt Lake City, San Antonio, San Diego, San Francisco, San Jose,
Seattle, Washington, United Nations, Vatican City, Calgary, Edmonton, Halifax, Montreal, Ottawa,
Quebec City, Toronto, Vancouver, Winnipeg, Acapulco, Asuncion, Belmopan, Bogota, Brasilia,
Bridgetown, Buenos Aires, Caracas, Georgetown, Guatemala City, Guayaquil, Havana, Kingston, La
Paz, Lima, Managua, Mexico City, Monterrey, Montevideo, Nassau, Panama City, Paramaribo,
Port-au-Prince, Port of Spain, Quito, Rio de Janeiro, San Juan, San Salvador, Santiago, Santo
Domingo, Sao Paulo, São Paulo, Tegucigalpa, Tijuana, Amsterdam, Andorra la Vella, Ankara, Antwerp,
Athens, Barcelona, Basel, Basle, Belfast, Belgrade, Berlin, Berne, Bern, Bilbao, Birmingham, Bonn,
Bratislava, Brussels, Bucharest, Budapest, Cardiff, Chisinau, Cologne, Copenhagen, Davos, Dublin,
Duesseldorf, Dusseldorf, Düsseldorf, Edinburgh, Frankfurt, Geneva, Gibraltar, Glasgow, Gothenburg,
Hamburg, Helsinki, Istanbul, Izmir, Kiev, Kyiv, Leipzig, Lisbon, Ljubljana, London, Luxembourg,
Lyon, Madrid, Manchester, Marseille, Milan, Minsk, Monaco, Monte Carlo, Moscow, Munich, Naples,
Nicosia, Odesa, Odessa, Oslo, Palermo, Paris, Podgorica, Prague, Pristina, Reykjavik, Riga, Rome,
Rotterdam, San Marino, Sarajevo, Seville, Skopje, Sofia, St Petersburg, Leningrad, Stockholm,
Stuttgart, Tallinn, The Hague, Tirana, Turin, Valencia, Valletta, Venice, Vienna, Vilnius, Warsaw,
Zagreb, Zurich, Zürich, Lviv, Kharkiv, Strasbourg, Abu Dhabi, Aden, Aleppo, Amman, Baghdad,
Bahrain, Basra, Beirut, Damascus, Doha, Dubai, Erbil, Gaza, Jeddah, Jerusalem, Kuwait, Kuwait
City, Manama, Mecca, Muscat, Nablus, Ramallah, Riyadh, Sanaa, Tehran, Tel Aviv, Tripoli, Abidjan,
Abuja, Accra, Addis Ababa, Algiers, Antananarivo, Asmara, Bamako, Bangui, Banjul, Benghazi,
Bissau, Blantyre, Brazzaville, Bujumbura, Cairo, Cape Town, Casablanca, Conakry, Dakar, Dar es
Salaam, Djibouti, Dodoma, Durban, Freetown, Gaborone, Goma, Harare, Johannesburg, Juba, Kampala,
Khartoum, Kigali, Kinshasa, Lagos, Libreville, Lilongwe, Lome, Luanda, Lusaka, Malabo, Maputo,
Maseru, Mbabane, Mogadishu, Monrovia, Moroni, Nairobi, N'Djamena, Niamey, Nouakchott, Ouagadougou,
Port Louis, Porto-Novo, Praia, Pretoria, Rabat, Tunis, Victoria, Windhoek, Yaounde, Almaty,
Ashgabat, Astana, Baku, Bandar Seri Begawan, Bangkok, Beijing, Bishkek, Calcutta, Colombo,
Chengdu, Chongqing, Dhaka, Dili, Dushanbe, Guangzhou, Hanoi, Ho Chi Minh City, Hong Kong,
Hyderabad, Islamabad, Jakarta, Kabul, Kandahar, Karachi, Kathmandu, Kolkata, Kuala Lumpur, Lahore,
Macau, Male, Manila, Mumbai, Bombay, Naypyitaw, New Delhi, Osaka, Panmunjom, Peking, Peshawar,
Phnom Penh, Pyongyang, Quetta, Rangoon, Saigon, Seoul, Shanghai, Shenzhen, Singapore, Srinagar,
Taipei, Tashkent, Tbilisi, Thimphu, Tokyo, Ulaanbaatar, Ulan Bator, Vientiane, Vladivostok, Wuhan,
Yangon, Yerevan, Adelaide, Apia, Auckland, Brisbane, Canberra, Darwin, Hobart, Honiara, Melbourne,
Nuku'alofa, Noumea, Perth, Port Moresby, Port Vila, Suva, Sydney, Wellington
"""

_REGIONS = """
Alabama, Ala, Alaska, Arizona, Ariz, Arkansas, Ark, California, Calif, Cal, Colorado, Colo,
Connecticut, Conn, Delaware, Del, Florida, Fla, Georgia, Ga, Hawaii, Idaho, Ida, Illinois, Ill,
Indiana, Ind, Iowa, Ia, Kansas, Kan, Kans, Kentucky, Ky, Louisiana, La, Maine, Me, Maryland, Md,
Massachusetts, Mass, Michigan, Mich, Minnesota, Minn, Mississippi, Miss, Missouri, Mo, Montana,
Mont, Nebraska, Neb, Nebr, Nevada, Nev, New Hampshire, NH, New Jersey, NJ, New Mexico, NM, New
York, NY, North Carolina, NC, North Dakota, ND, Ohio, Oklahoma, Okla, Oregon, Ore, Pennsylvania,
Pa, Penn, Puerto Rico, PR, Rhode Island, RI, South Carolina, SC, South Dakota, SD, Tennessee,
Tenn, Texas, Tex, Utah, Vermont, Vt, Virginia, Va, Washington, Wash, West Virginia, WVa, W Va,
Wisconsin, Wis, Wisc, Wyoming, Wyo, District of Columbia, DC, Virgin Islands, Guam, Alberta,
British Columbia, Manitoba, New Brunswick, Newfoundland, Nova Scotia, Ontario, Prince Edward
Island, Quebec, Saskatchewan, Yukon, New South Wales, Queensland, Tasmania, Western Australia,
England, Scotland, Wales, Northern Ireland, West Bank, Gaza Strip, Crimea, Bavaria, Sicily,
Afghanistan, Albania, Algeria, Angola, Argentina, Armenia, Australia, Austria, Azerbaijan,
Bahamas, Bahrain, Bangladesh, Barbados, Belarus, Belgium, Belize, Benin, Bermuda, Bhutan, Bolivia,
Bosnia, Bosnia and Herzegovina, Botswana, Brazil, Britain, Brunei, Bulgaria, Burkina Faso, Burma,
Burundi, Cambodia, Cameroon, Canada, Cayman Islands, Central African Republic, Chad, Chile, China,
Colombia, Congo, Costa Rica, Croatia, Cuba, Cyprus, Czech Republic, Czechoslovakia, Denmark,
Djibouti, Dominican Republic, East Germany, East Timor, Ecuador, Egypt, El Salvador, Equatorial
Guinea, Eritrea, Estonia, Eswatini, Ethiopia, Fiji, Finland, France, Gabon, Gambia, Germany,
Ghana, Greece, Greenland, Guatemala, Guinea, Guinea-Bissau, Guyana, Haiti, Honduras, Hungary,
Iceland, India, Indonesia, Iran, Iraq, Ireland, Israel, Italy, Ivory Coast, Jamaica, Japan,
Jordan, Kazakhstan, Kenya, Kosovo, Kuwait, Kyrgyzstan, Laos, Latvia, Lebanon, Lesotho, Liberia,
Libya, Liechtenstein, Lithuania, Luxembourg, Madagascar, Malawi, Malaysia, Maldives, Mali, Malta,
Mauritania, Mauritius, Mexico, Moldova, Mongolia, Montenegro, Morocco, Mozambique, Myanmar,
Namibia, Nepal, Netherlands, New Zealand, Nicaragua, Niger, Nigeria, North Korea, North Macedonia,
Norway, Oman, Pakistan, Panama, Papua New Guinea, Paraguay, Peru, Philippines, Poland, Portugal,
Qatar, Romania, Russia, Rwanda, Samoa, Saudi Arabia, Senegal, Serbia, Seychelles, Sierra Leone,
Slovakia, Slovenia, Solomon Islands, Somalia, South Africa, South Korea, South Sudan, Soviet
Union, Spain, Sri Lanka, Sudan, Suriname, Sweden, Switzerland, Syria, Taiwan, Tajikistan,
Tanzania, Thailand, Togo, Tonga, Trinidad, Tunisia, Turkey, Turkmenistan, Uganda, Ukraine, United
Arab Emirates, UAE, United Kingdom, United States, Uruguay, Uzbekistan, Vanuatu, Venezuela,
Vietnam, West Germany, Yemen, Yugoslavia, Zaire, Zambia, Zimbabwe
"""

# What wire copy shortens; the postal codes of states are not among them.
_ABBREVIATED = """
Ala=Alabama, Ariz=Arizona, Ark=Arkansas, Calif=California, Cal=California, Colo=Colorado,
Conn=Connecticut, Del=Delaware, Fla=Florida, Ga=Georgia, Ida=Idaho, Ill=Illinois, Ind=Indiana,
Ia=Iowa, Kan=Kansas, Kans=Kansas, Ky=Kentucky, La=Louisiana, Me=Maine, Md=Maryland,
Mass=Massachusetts, Mich=Michigan, Minn=Minnesota, Miss=Mississippi, Mo=Missouri, Mont=Montana,
Neb=Nebraska, Nebr=Nebraska, Nev=Nevada, NH=New Hampshire, NJ=New Jersey, NM=New Mexico,
NY=New York, NC=North Carolina, ND=North Dakota, Okla=Oklahoma, Ore=Oregon, Pa=Pennsylvania,
Penn=Pennsylvania, PR=Puerto Rico, RI=Rhode Island, SC=South Carolina, SD=South Dakota,
Tenn=Tennessee, Tex=Texas, Vt=Vermont, Va=Virginia, Wash=Washington, WVa=West Virginia,
W Va=West Virginia, Wis=Wisconsin, Wisc=Wisconsin, Wyo=Wyoming, DC=D.C., UAE=United Arab Emirates
"""

_AGENCIES = """
AAP, AFP, Agence France-Presse, Al Jazeera, Anadolu, ANI, ANSA, AP, Associated Press, Bloomberg,
Canadian Press, CNN, dpa, EFE, Estadao, IANS, Interfax, IRNA, ITAR-TASS, KCNA, Kyodo, NHK, PA, PA
Media, Press Association, PTI, Reuter, Reuters, Reuters Breakingviews, Reuters Life!, RIA, RIA
Novosti, SANA, SPA, TASS, The Associated Press, The Canadian Press, Thomson Reuters Foundation,
UNI, UPI, Xinhua, Yonhap
"""


def key(name: str) -> str:
    """What all spellings of a name have in common: case and full stops do not count."""
    return " ".join(name.replace(".", "").casefold().split())


def _by_key(names: str) -> dict[str, str]:
    return {key(name): " ".join(name.split()) for name in names.split(",")}


_CITY_NAMES, _REGION_NAMES, _AGENCY_NAMES = map(_by_key, (_CITIES, _REGIONS, _AGENCIES))
for _pair in _ABBREVIATED.split(","):
    _short, _, _full = _pair.partition("=")
    _REGION_NAMES[key(_short)] = " ".join(_full.split())


def is_city(name: str) -> bool:
    """Tell whether a city stands alone in datelines; case and full stops do not count."""
    return key(name) in _CITY_NAMES


def is_region(name: str) -> bool:
    """Tell whether a name is a state, province or country: ``Iowa``, ``N.C.``, ``South Korea``."""
    return key(name) in _REGION_NAMES


@lru_cache(maxsize=1024)  # most stories come from a few
def is_agency(name: str) -> bool:
    """Tell whether a name is a news agency's."""
    return key(name) in _AGENCY_NAMES


def city(name: str) -> str:
    """Spell a city that stands alone in datelines, or nothing: ``ST. LOUIS`` is ``St Louis``."""
    return _CITY_NAMES.get(key(name), "")


def region(name: str) -> str:
    """Spell a state, province or country in full, or nothing: ``CALIF.`` is ``California``."""
    return _REGION_NAMES.get(key(name), "")
