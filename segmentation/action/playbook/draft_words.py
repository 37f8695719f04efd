"""What a language model is asked when it is to draft messages."""

TASK = (
    "You help the marketer of a shop. Draft a message to the customers of one segment, in plain English. "
    "You are told the goal, the angle and the offer of the message, and the themes and products that the "
    "segment chooses more often. Promise nothing beyond the offer, and do not tell customers that they are "
    "in a segment or what they have done."
)
SUBJECT_IS = "the subject of an e-mail"
BODY_IS = "the e-mail in three to six sentences, with {name} where the name goes"
SHORT_IS = "the same as a text message"
