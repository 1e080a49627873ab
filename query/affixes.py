"""The affixed forms of a root in Indonesian and Malay: kerja, bekerja, pekerjaan.

Forms are made from the root, never roots from forms: a stemmer takes
kerjasama for a form of rjasama. The rules are those of the reference grammars
(Sneddon, Indonesian Reference Grammar, chapter 1; Tatabahasa Dewan, part 2).
Prefixes and suffixes combine freely, so some forms are made that nobody
writes; these cost nothing. Compounds (kerjasama) are words of their own.
Reduplication (kerja-kerja, bekerja-kerja) needs no rule: a dash parts tokens.
"""

import re
from functools import lru_cache

#: letters of the shortest root; of two letters nearly anything could be made
SHORTEST = 3

_ENDINGS = ("", "kan", "an", "i")
_OWNERS = ("", "nya", "ku", "mu")
_STRESS = ("", "lah", "kah")
#: what may stand after a root, longest last
SUFFIXES = frozenset(a + b + c for a in _ENDINGS for b in _OWNERS for c in _STRESS)

#: before prefixes that themselves take none: ke(ber)hasil(an), mem(per)satu(kan)
_BEFORE_BER = ("", "mem", "di", "pem", "ke")
_BEFORE_PER = ("", "mem", "di", "pem", "ke", "se", "ber", "ter")
_BEFORE_TER = ("", "ke")
_BEFORE_SE = ("", "di", "ber", "ke")
_BEFORE_KE = ("", "ber", "di", "ter")
#: peN- makes nouns, which take prefixes in turn: ber(pen)didik(an), ke(pem)impin(an)
_BEFORE_PEN = ("", "ber", "ke", "se")

_ONE_SYLLABLE = re.compile("[^aeiou]*[aeiou]+[^aeiou]*")
_BEGINS_WITH_ER = re.compile("[^aeiou]er[^aeiou]")
#: the nasal by the root's first letter, with that letter kept
_NASAL_KEPT = dict.fromkeys("aeioughkqx", "ng") | dict.fromkeys("bfpv", "m")
_NASAL_KEPT |= dict.fromkeys("cdjstz", "n") | dict.fromkeys("lmnrwy", "")
#: and with that letter gone: memukul, menulis, menyapu, mengirim
_NASAL_INSTEAD = {"p": "m", "t": "n", "s": "ny", "k": "ng"}


@lru_cache(maxsize=1024)
def heads(root: str) -> frozenset[str]:
    """Return the root behind each run of prefixes that it may take, itself among them.

    Every affixed form is one of these and one of SUFFIXES. Loans keep their
    first letter where older words lose it, so both are made: mengkaji, mengirim.
    """
    nasal = _nasal(root)
    found = {root, f"di{root}", f"pe{root}", f"ketidak{root}"}
    found |= {f"me{stem}" for stem in nasal}
    found |= {f"{before}pe{stem}" for before in _BEFORE_PEN for stem in nasal}
    found |= {f"{before}{ber}{root}" for before in _BEFORE_BER for ber in _joint("be", root)}
    found |= {f"{before}{per}{root}" for before in _BEFORE_PER for per in _joint("pe", root)}
    found |= {f"{before}{ter}{root}" for before in _BEFORE_TER for ter in _joint("te", root)}
    found |= {f"{before}se{root}" for before in _BEFORE_SE}
    found |= {f"{before}ke{root}" for before in _BEFORE_KE}
    # Behind me- and pe- the first letter of se-, ke- and per- gives way too:
    # menyeluruh, mengetahui, berpengetahuan, pemersatu.
    found |= {f"{before}{root}" for before in ("menye", "penye", "menge", "pemer")}
    found |= {f"{before}penge{root}" for before in _BEFORE_PEN}
    return frozenset(found)


def is_affixed(root: str, token: str) -> bool:
    """Say whether a token is the root or one of its affixed forms."""
    core = root[1:]
    at = token.find(core)
    while at >= 0:
        end = at + len(core)
        if token[end:] in SUFFIXES and token[:end] in heads(root):
            return True
        at = token.find(core, at + 1)
    return False


def _nasal(root: str) -> list[str]:
    """Return the root as it stands behind me- and pe-: ngirim, nulis, lihat."""
    first = root[0]
    stems = [_NASAL_KEPT.get(first, "") + root]
    if first in _NASAL_INSTEAD:
        stems.append(_NASAL_INSTEAD[first] + root[1:])
    if _ONE_SYLLABLE.fullmatch(root):
        stems.append(f"nge{root}")  # mengecat, pengeboman
    return stems


def _joint(prefix: str, root: str) -> tuple[str, ...]:
    """Return be-, te- or pe- with its r, without it, or both, as the root asks for."""
    if root == "ajar":
        return (f"{prefix}l", f"{prefix}r")  # belajar and pelajar stand alone
    if root[0] == "r":
        return (prefix,)
    # bekerja and beserta lose the r, berkerja is written too.
    return (prefix, f"{prefix}r") if _BEGINS_WITH_ER.match(root) else (f"{prefix}r",)
