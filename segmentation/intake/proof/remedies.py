"""What may mend what an alarm found: other columns for a role, a rule switched off; and carrying it out."""

from __future__ import annotations

from segmentation.intake.cleaning_rules import RULES, Cleaning, Rule
from segmentation.intake.proof.alarm import Remedy
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.typed_reading import PERSON_ROLES
from segmentation.intake.uploads.corrections import set_kind, set_role
from segmentation.workspace import Workspace

MOST_REMEDIES = 3
ROLE_OF_RULE = {
    Rule.UNLINKED: Role.CUSTOMER_ID,
    Rule.NO_CUSTOMER: Role.CUSTOMER_ID,
    Rule.GUESTS: Role.CUSTOMER_ID,
    Rule.NO_DATE: Role.TIMESTAMP,
    Rule.ODD_DATES: Role.TIMESTAMP,
    Rule.NO_AMOUNT: Role.AMOUNT,
    Rule.OTHER_CURRENCY: Role.CURRENCY,
    Rule.CANCELLED: Role.ORDER_STATUS,
    Rule.UNPAID: Role.ORDER_STATUS,
    Rule.NO_LINES: Role.ORDER_ID,
    Rule.REPEATS: Role.ORDER_ID,
    Rule.SAME_CUSTOMER: Role.CUSTOMER_ID,
}
"""Which column a rule looks at: where most rows are under it, that column may be the wrong one."""


def switched_off(rule: Rule | None) -> tuple[Remedy, ...]:
    """Offer to switch a rule off, where it has a switch."""
    return (Remedy(rule=rule),) if rule and not RULES[rule].fixed else ()


def to_choose(upload: Upload, rule: Rule | None) -> tuple[Remedy, ...]:
    """Offer to choose another column than the one that a rule looks at."""
    role = ROLE_OF_RULE.get(rule) if rule else None
    if role is None:
        return ()
    now = upload.column_of(role)
    choice = Remedy(upload.upload_id, role, instead_of=now.name if now else "")
    return (choice, Remedy(upload.upload_id, kind=Kind.ORDERS)) if rule is Rule.SAME_CUSTOMER else (choice,)


def people_columns(upload: Upload) -> list[Column]:
    """Return the columns that say who, the one that counts first."""
    ids = [column for column in upload.columns if column.role in PERSON_ROLES]
    return sorted(ids, key=lambda column: PERSON_ROLES.index(column.role))


def other_people(upload: Upload) -> tuple[Remedy, ...]:
    """Offer the other columns that may say who the customer is."""
    now = next((column.name for column in people_columns(upload)), "")
    others = [c for c in upload.columns if c.role in (Role.EMAIL, Role.PHONE, Role.NAME) and c.name != now]
    # Rows that are of somebody are no products.
    kind = Kind.ORDERS if upload.kind is Kind.PRODUCTS else None
    return tuple(
        Remedy(upload.upload_id, Role.CUSTOMER_ID, column.name, now, kind=kind)
        for column in others[:MOST_REMEDIES]
    ) or (Remedy(upload.upload_id, Role.CUSTOMER_ID, instead_of=now, kind=kind),)


def other_amounts(upload: Upload, now: Column | None) -> tuple[Remedy, ...]:
    """Offer the other columns of numbers that may be what was paid."""
    roles = (Role.NUMERIC, Role.UNIT_PRICE, Role.COST, Role.AMOUNT)
    others = [column for column in upload.columns if column.role in roles and column is not now]
    return tuple(
        Remedy(upload.upload_id, Role.AMOUNT, column.name, now.name if now else "")
        for column in others[:MOST_REMEDIES]
    ) or (Remedy(upload.upload_id, Role.AMOUNT, instead_of=now.name if now else ""),)


def mend(workspace: Workspace, remedy: Remedy, cleaning: Cleaning) -> Cleaning:
    """Take a remedy, and return the rules to use with it; one that leaves a choice open changes nothing.

    :raises OptionError: if the values of the column cannot have the role.
    """
    if remedy.role and not remedy.column:
        return cleaning
    if remedy.role:
        set_role(workspace, remedy.upload_id, remedy.column, remedy.role)
        if remedy.instead_of:
            set_role(workspace, remedy.upload_id, remedy.instead_of, _GIVES_WAY.get(remedy.role, Role.IGNORE))
    if remedy.kind:
        set_kind(workspace, remedy.upload_id, remedy.kind)
    return cleaning.switched(remedy.rule, False) if remedy.rule else cleaning


_GIVES_WAY = {Role.AMOUNT: Role.NUMERIC, Role.ORDER_STATUS: Role.CATEGORICAL}
"""What the column means from then on whose place another one takes."""
