"""The versions of the policy that visits keep, whole: the file may change or go."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime


class PolicyVersion(SQLModel, table=True):
    """The text of a policy file as it was when a visit was first asked for under it."""

    __tablename__ = "policy_version"

    digest: str = Field(primary_key=True, max_length=64)
    name: str = Field(max_length=64)
    file: str
    text: str
    kept_at: datetime = Field(sa_type=UtcDateTime)
