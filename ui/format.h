#pragma once

#include <QDateTime>
#include <QString>

/// Amounts and times as the window shows them, by the default QLocale. Whole words, never half a sentence.
namespace Fairlead::Ui {

/// "517 B", "81.0 KiB", "12.3 MiB", "940 KiB": IEC units, one decimal below 100, so that a growing count keeps its
/// width.
[[nodiscard]] QString formatBytes(quint64 bytes);
/// "1.2 MiB/s"; empty below one byte a second: a quiet row shows nothing rather than a column of zeros.
[[nodiscard]] QString formatRate(double bytesPerSecond);
/// "23 ms", "< 1 ms".
[[nodiscard]] QString formatRoundTrip(int milliseconds);
/// "12 ms", "4.2 s", "3 min 20 s", "2 h 5 min".
[[nodiscard]] QString formatDuration(qint64 milliseconds);
/// The time of day with seconds; with the date in front when `when` is not on the day of `now`.
[[nodiscard]] QString formatTime(const QDateTime &when, const QDateTime &now = QDateTime::currentDateTime());

} // namespace Fairlead::Ui
