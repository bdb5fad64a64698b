"""What Prometheus reads at `/metrics`. Each bot counts what it has done itself since it started."""

from contextlib import AbstractContextManager
from datetime import timedelta

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from scheduler.compose import LATE
from scheduler.rows import Outcome, Over, PutBack, Said

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_LAGS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600, 21600, 86400)
_TURNS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """Watches a dispatcher. The numbers bear kinds and outcomes only, nothing of customers."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._ended = Counter(
            "usher_deliveries",
            "Messages and timed steps that came to an end, by kind and how: "
            "sent, updated, unchanged, found, done, expired, cancelled, failed.",
            ["kind", "outcome"],
            registry=self._registry,
        )
        self._late = Counter(
            "usher_deliveries_late",
            "Messages sent more than two minutes after they were due.",
            ["kind"],
            registry=self._registry,
        )
        self._put_back = Counter(
            "usher_deliveries_put_back",
            "Attempts after which a message waits for another, by reason.",
            ["reason"],
            registry=self._registry,
        )
        self._plain = Counter(
            "usher_deliveries_plain",
            "Messages that went out as plain text, since Slack refused their blocks.",
            ["kind"],
            registry=self._registry,
        )
        self._lag = Histogram(
            "usher_delivery_lag_seconds",
            "From when a message was due until it stood in its conversation.",
            buckets=_LAGS,
            registry=self._registry,
        )
        self._claims = Histogram(
            "usher_claim_seconds",
            "One turn at the outbox: marking what was sent, claiming and rendering what is due.",
            buckets=_TURNS,
            registry=self._registry,
        )
        self._oldest = Gauge(
            "usher_oldest_due_seconds",
            "How long the oldest message that could be sent waits; NaN without a database.",
            registry=self._registry,
        )
        self._connected = Gauge(
            "usher_connected", "1 while Slack's requests can come in.", registry=self._registry
        )

    def turn(self) -> AbstractContextManager[object]:
        """Times one turn at the outbox."""
        return self._claims.time()

    def landed(self, outcome: Outcome) -> None:
        """Counts what became of a row."""
        row = outcome.row
        match outcome:
            case Said():
                self._ended.labels(row.kind, outcome.how).inc()
                if outcome.is_plain:
                    self._plain.labels(row.kind).inc()
                if outcome.how in {"sent", "found"} and row.ts is None:
                    lag = outcome.at - row.due_at
                    self._lag.observe(max(lag.total_seconds(), 0.0))
                    if lag > LATE:
                        self._late.labels(row.kind).inc()
            case PutBack():
                self._put_back.labels(outcome.reason or "none").inc()
            case Over():
                self._ended.labels(row.kind, outcome.state.value).inc()

    def text(self, oldest_due: timedelta | None, *, is_connected: bool) -> bytes:
        """The numbers now. `oldest_due` None: the database does not answer."""
        seconds = oldest_due.total_seconds() if oldest_due is not None else float("nan")
        self._oldest.set(seconds)
        self._connected.set(1 if is_connected else 0)
        return generate_latest(self._registry)
