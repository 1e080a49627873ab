"""What the long test is judged by: the press's log, the mails and the archive, nothing of our own words."""

from collections import Counter

from judge_faults import judge_faults
from judge_stories import judge_revisions, judge_stories
from judge_sums import judge_pace, judge_sums
from judge_telling import judge_telling
from post import Post
from serving import Served
from verdict import Verdict

from archive import Archive
from archive.collecting import gaps, ledger, notices


def judge(
    served: Served, post: Post, archive: Archive, pace: float, in_hand: Counter[str]
) -> Verdict:
    """Judge what is left when the days are over."""
    verdict = Verdict()
    judge_stories(served, archive, verdict)
    judge_revisions(served, archive, verdict)
    judge_pace(served, pace, verdict)
    judge_sums(served, archive, verdict)
    judge_faults(served, archive, verdict)
    judge_telling(served, post, archive, in_hand, verdict)
    with archive.read() as db:
        sums, told, found = ledger.sums(db), notices.every(db), gaps.every(db)
    verdict.numbers |= {
        "polls": sums.polls, "stories": sums.stories, "revisions": sums.revisions,
        "waiting": sums.waiting, "refused": dict(sums.refused),
        "gaps": dict(Counter(one.state for one in found)),
        "notices": dict(Counter(one.kind for one in told)),
    }  # fmt: skip
    return verdict
