"""The questions that pages ask of a ledger: what an address asks for, and the answer as words, plot and rows."""

from nongrata.web.questions import compare, drift, reciprocity, respond, tally, waves
from nongrata.web.questions.asking import Answer, Question, answered
from nongrata.web.questions.forms import Field

QUESTIONS = {one.QUESTION.name: one.QUESTION for one in (tally, respond, reciprocity, compare, waves, drift)}
"""The questions by their names in the address."""

__all__ = ["QUESTIONS", "Answer", "Field", "Question", "answered"]
