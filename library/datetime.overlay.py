"""Where `_datetime`, the C that takes the place of datetime.py, behaves otherwise."""


def _check_date_fields(year, month, day):
    year, month, day = _index(year), _index(month), _index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= _days_in_month(year, month):
        raise ValueError("day is out of range for month")
    return year, month, day


def _check_time_fields(hour, minute, second, microsecond, fold):
    fields = []
    for name, value, most in (
        ("hour", hour, 23),
        ("minute", minute, 59),
        ("second", second, 59),
        ("microsecond", microsecond, 999999),
    ):
        value = _index(value)
        fields.append(value)
        if not 0 <= value <= most:
            raise ValueError(f"{name} must be in 0..{most}")
    if fold not in (0, 1):
        raise ValueError("fold must be either 0 or 1")
    return *fields, fold


def _check_tzinfo_arg(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(tz).__name__}'")


def _shown(value):
    kind = type(value)
    return f"datetime.{kind.__name__}" if kind.__module__ == "datetime" else kind.__name__


def _cmperror(x, y):
    if isinstance(x, datetime) != isinstance(y, datetime):
        raise TypeError("can't compare datetime.datetime to datetime.date")
    raise TypeError(f"can't compare {_shown(x)} to {_shown(y)}")


class date:
    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        ordinal = self.toordinal() + other.days
        if not 0 < ordinal <= _MAXORDINAL:
            raise OverflowError("date value out of range")
        return type(self).fromordinal(ordinal)


class datetime:
    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        micros = self._microsecond + other.microseconds
        seconds = (self._hour * 60 + self._minute) * 60 + self._second + other.seconds + micros // 1000000
        ordinal = self.toordinal() + other.days + seconds // 86400
        if not 0 < ordinal <= _MAXORDINAL:
            raise OverflowError("date value out of range")
        minutes, second = divmod(seconds % 86400, 60)
        hour, minute = divmod(minutes, 60)
        day = date.fromordinal(ordinal)
        clock = time(hour, minute, second, micros % 1000000, tzinfo=self._tzinfo)
        return type(self).combine(day, clock)

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if not isinstance(other, datetime):
            return NotImplemented
        apart = timedelta(
            self.toordinal() - other.toordinal(),
            self._second - other._second,
            self._microsecond - other._microsecond,
            0,
            self._minute - other._minute,
            self._hour - other._hour,
        )
        if self._tzinfo is other._tzinfo:
            return apart
        own, others = self.utcoffset(), other.utcoffset()
        if own == others:
            return apart
        if own is None or others is None:
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return apart + others - own


class IsoCalendarDate:
    def __repr__(self):
        return f"datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})"
