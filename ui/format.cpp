#include "ui/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace Fairlead::Ui {

namespace {

struct Format {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Ui::Format)
};

constexpr quint64 Kibi = 1024;
constexpr qint64 Second = 1'000;
constexpr qint64 Minute = 60 * Second;
constexpr qint64 Hour = 60 * Minute;

/// One decimal while the number in its unit has fewer than three digits in front of the point.
int decimalsOf(quint64 bytes)
{
    double scaled = double(bytes);
    while (scaled >= double(Kibi))
        scaled /= double(Kibi);
    return scaled < 99.95 ? 1 : 0;
}

} // namespace

QString formatBytes(quint64 bytes)
{
    if (bytes < Kibi) {
        //: An amount of data below 1024 bytes; %1 is the number. "B" is the unit byte.
        return Format::tr("%1 B").arg(QLocale().toString(bytes));
    }
    return QLocale().formattedDataSize(qint64(bytes), decimalsOf(bytes), QLocale::DataSizeIecFormat);
}

QString formatRate(double bytesPerSecond)
{
    if (bytesPerSecond < 1)
        return {};
    //: A data rate; %1 is an amount with its unit, as in "1.2 MiB/s".
    return Format::tr("%1/s").arg(formatBytes(quint64(bytesPerSecond)));
}

QString formatRoundTrip(int milliseconds)
{
    if (milliseconds < 1)
        return Format::tr("< 1 ms");
    //: A time in milliseconds; %1 is the number.
    return Format::tr("%1 ms").arg(QLocale().toString(milliseconds));
}

QString formatDuration(qint64 milliseconds)
{
    const QLocale locale;
    if (milliseconds < Second)
        return formatRoundTrip(int(milliseconds));
    if (milliseconds < Minute) {
        //: A time in seconds; %1 is the number.
        return Format::tr("%1 s").arg(locale.toString(double(milliseconds) / double(Second), 'f', 1));
    }
    if (milliseconds < Hour) {
        //: A time: %1 minutes, %2 seconds.
        return Format::tr("%1 min %2 s")
            .arg(locale.toString(milliseconds / Minute), locale.toString(milliseconds % Minute / Second));
    }
    //: A time: %1 hours, %2 minutes.
    return Format::tr("%1 h %2 min")
        .arg(locale.toString(milliseconds / Hour), locale.toString(milliseconds % Hour / Minute));
}

QString formatTime(const QDateTime &when, const QDateTime &now)
{
    if (!when.isValid())
        return {};
    const QLocale locale;
    const QDateTime local = when.toLocalTime();
    //: A time of day with seconds, in Qt's format letters.
    const QString time = locale.toString(local.time(), Format::tr("HH:mm:ss"));
    if (local.date() == now.toLocalTime().date())
        return time;
    //: A moment: %1 is the date, %2 the time of day.
    return Format::tr("%1, %2").arg(locale.toString(local.date(), QLocale::ShortFormat), time);
}

} // namespace Fairlead::Ui
