"""Words that deny, or say the opposite of another: what a question is twisted with.

Lists, by language, compared by their stems; a language that has none finds nothing, which leaves what
is weighed as it was.
"""

from collections.abc import Iterable
from functools import cache

from edu.common import language as words

REACH = 2  # words after "not" that it denies, small ones left out
_DENIES = {
    "en": "not never no none nor neither without cannot nothing nobody hardly rarely seldom unable "
    "except lack lacks lacked lacking absent absence fail fails failed failure failing refuse refuses "
    "refused refusing unlike unlikely unknown unrelated uncommon",
    "de": "nicht nie niemals kein keine keinen keinem keiner keines ohne weder nichts niemand außer kaum "
    "selten fehlt fehlen fehlte",
    "fr": "pas jamais aucun aucune sans rien personne ni sauf manque rarement",
    "es": "no nunca jamás ningún ninguna ninguno sin nada nadie ni excepto falta tampoco",
    "it": "non mai nessun nessuno nessuna senza niente nulla né tranne manca",
    "pt": "não nunca jamais nenhum nenhuma sem nada ninguém nem exceto falta",
    "nl": "niet nooit geen zonder noch niets niemand behalve zelden",
    "tr": "değil yok hiç hiçbir olmayan olmadan asla",
    "ar": "لا لم لن ليس ليست غير دون بدون عدم",
    "ru": "не нет никогда никто ничего без ни нельзя кроме",
}
# Pairs; several words of one side parted by "/".
_PAIRS = {
    "en": "increase/rise/grow decrease/reduce/fall/decline/shrink;more less/fewer;most least/fewest;"
    "many few;large/big/great small/little;larger/bigger/greater smaller;largest/biggest smallest;"
    "high low;higher lower;highest lowest;before after;first last/final;early late;earlier later;"
    "earliest latest;begin/start/began/begun end/stop/finish;beginning end;north south;"
    "northern southern;east west;eastern western;allow/permit/enable prohibit/prevent/forbid/ban;"
    "accept/approve/adopt reject/refuse/oppose;agree disagree;support/favor/favour oppose;"
    "win/won lose/lost;victory/win defeat/loss;winner loser;above below;over under;upper lower;"
    "old/ancient new/modern;older newer/younger;oldest newest/youngest;strong weak;stronger weaker;"
    "strongest weakest;rich/wealthy poor;good bad;better worse;best worst;positive negative;"
    "male female;men/man women/woman;king queen;father mother;son daughter;husband wife;"
    "brother sister;always never;all/every none;same/similar/identical different/dissimilar;"
    "like unlike;possible impossible;easy/simple difficult/hard/complex;fast/quick slow;faster slower;"
    "inside outside;internal external;inner outer;public private;buy/bought sell/sold;open close;"
    "gain/gained lose/lost;success failure;succeed fail;successful unsuccessful;legal illegal;"
    "include exclude/lack;enter/join/arrive leave/left;create/build/built destroy;"
    "friend/ally enemy;import export;attack defend/protect;peace war;heavy light;hot/warm cold/cool;"
    "wet dry;deep shallow;long short;longer shorter;longest shortest;wide/broad narrow;thick thin;"
    "dark bright;active passive;innate adaptive/acquired;efficient inefficient;"
    "common/frequent rare/uncommon;often/usually/frequently rarely/seldom;known unknown;"
    "likely unlikely;necessary unnecessary;important unimportant;direct indirect;"
    "dependent independent;major minor;majority minority;maximum minimum;finite infinite;"
    "deterministic nondeterministic;formal informal;complete incomplete;equal unequal;"
    "stable unstable;improve worsen;strengthen weaken;help/aid hinder/harm;encourage discourage;"
    "cause prevent;raise/raised lower/lowered;expand/extend shrink/contract;appear disappear;"
    "remember forget;born died/dead;birth death;live/alive die/died/dead;past future;rural urban;"
    "domestic/native foreign;advance retreat;forward backward;left right;top bottom;front back;"
    "near/close far;closest/nearest farthest/furthest;present absent;full empty;true false;"
    "right wrong;correct incorrect;day night;summer winter;teacher student/pupil;parent child;"
    "employer employee;united divided;together apart;permanent temporary;voluntary compulsory/forced;"
    "guilty innocent;activate/stimulate inhibit/suppress;release/emit absorb;remove/delete add;"
    "multiply divide;input output;supply demand;profit loss;deny admit;lend borrow;give/gave take/took;"
    "send/sent receive;push pull;visible invisible;conductor insulator;solid liquid;acid base",
    "de": "größer kleiner;größte kleinste;groß klein;hoch niedrig;höher niedriger;mehr weniger;"
    "vor nach;erste letzte;früh spät;früher später;beginn/anfang ende;nord/norden süd/süden;"
    "ost/osten west/westen;erlauben verbieten;annehmen ablehnen;gewinnen/gewann verlieren/verlor;"
    "sieg niederlage;alt neu/jung;älter jünger/neuer;stark schwach;stärker schwächer;reich arm;"
    "gut schlecht;besser schlechter;positiv negativ;männlich weiblich;immer nie;alle keine;"
    "gleich verschieden;möglich unmöglich;schnell langsam;innen außen;öffentlich privat;"
    "steigen/zunehmen sinken/abnehmen/fallen;freund feind;krieg frieden;lang kurz;warm/heiß kalt;"
    "häufig selten;bekannt unbekannt;abhängig unabhängig;mehrheit minderheit;geburt tod",
    "fr": "plus moins;grand petit;haut bas;avant après;premier dernier;début fin;nord sud;est ouest;"
    "gagner perdre;victoire défaite;vieux/ancien nouveau/jeune;fort faible;riche pauvre;bon mauvais;"
    "meilleur pire;positif négatif;toujours jamais;même différent;possible impossible;rapide lent;"
    "intérieur extérieur;public privé;ami ennemi;guerre paix;chaud froid;majorité minorité;"
    "naissance mort",
    "es": "más menos;grande pequeño;alto bajo;antes después;primero último;principio fin;norte sur;"
    "este oeste;ganar perder;victoria derrota;viejo/antiguo nuevo/joven;fuerte débil;rico pobre;"
    "bueno malo;mejor peor;positivo negativo;siempre nunca;posible imposible;rápido lento;"
    "interior exterior;público privado;amigo enemigo;guerra paz;caliente frío;mayoría minoría;"
    "nacimiento muerte",
}


def denied(question: str, sentence: str, language: str) -> bool:
    """Whether `question` says that something is not so and `sentence` does not, as far as the
    language's list tells: no word of it denies, or none does where both say the same word."""
    asked = _denied(question, language)
    if asked is None:
        return False
    said = _denied(sentence, language)
    return said is None or bool(asked & _stems(sentence, language) and not asked & said)


def opposed(question: str, near: str, language: str) -> bool:
    """Whether a word of `question` does not stand in `near`, but its opposite does."""
    against = _opposites(language)
    there = _stems(near, language)
    asked = _stems(question, language) - there
    return any(against[each] & there for each in asked if each in against)


def _denied(text: str, language: str) -> set[str] | None:
    """Return the stems of the words right after one that denies; None where none denies."""
    denies = _denying(language)
    said = [words.fold(each, language) for each in words.words(text)]
    at = [n for n, each in enumerate(said) if each in denies or each.endswith("n't")]
    if not at:
        return None
    small = words.stopwords(language)
    return {
        words.stem(each, language)
        for place in at
        for each in [one for one in said[place + 1 :] if one not in small][:REACH]
    }


def _stems(text: str, language: str) -> set[str]:
    return _stemmed(words.words(text), language)


@cache
def _denying(language: str) -> frozenset[str]:
    return frozenset(words.fold(each, language) for each in _DENIES.get(language, "").split())


def _stemmed(some: Iterable[str], language: str) -> set[str]:
    return {words.stem(words.fold(each, language), language) for each in some}


@cache
def _opposites(language: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pair in filter(None, _PAIRS.get(language, "").split(";")):
        one, other = (_stemmed(side.split("/"), language) for side in pair.split())
        for here, there in ((one, other), (other, one)):
            for each in here:
                found.setdefault(each, set()).update(there - here)
    return found
