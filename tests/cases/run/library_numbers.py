import calendar, colorsys, html


def leap_years(first, last):
    return [year for year in range(first, last + 1) if calendar.isleap(year)]


print(leap_years(1896, 1912), calendar.monthrange(2024, 2), calendar.weekday(2024, 1, 1), calendar.month(2024, 2))
print(colorsys.rgb_to_hsv(0.2, 0.4, 0.4), colorsys.hls_to_rgb(0.5, 0.25, 0.3))
print(html.escape("<a&'\">"))
