"""What every event has in common: it is frozen, strict about its fields, and its times are aware UTC."""

from datetime import UTC
from typing import Annotated, ClassVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value: equal by content, no unknown fields, no infinities, bytes as base64 in JSON."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64", allow_inf_nan=False
    )


class Event(Value):
    """A fact that happened. Its type is a stable, versioned string; its id comes from its content."""

    ce_type: ClassVar[str]

    @property
    def event_id(self) -> str:
        """The content-derived id, the same whenever the same fact is seen again."""
        raise NotImplementedError

    @property
    def event_time(self) -> AwareDatetime:
        """When the fact happened (UTC); never when it was processed."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """The Kafka key: events of one key keep their order."""
        raise NotImplementedError


Instant = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
"""An aware moment, kept in UTC."""
