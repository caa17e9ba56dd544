#include "core/kube/objects/objects.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

/// "2d3h", or "2d" when the smaller part is nothing.
QString twoParts(qint64 large, QChar largeUnit, qint64 small, QChar smallUnit)
{
    QString text = QString::number(large) + largeUnit;
    if (small != 0)
        text += QString::number(small) + smallUnit;
    return text;
}

} // namespace

// The steps of duration.HumanDuration in k8s.io/apimachinery.
QString ageText(const QDateTime &created, const QDateTime &now)
{
    if (!created.isValid())
        return u"<unknown>"_s;
    const qint64 seconds = created.msecsTo(now) / 1000;
    const qint64 minutes = seconds / 60;
    const qint64 hours = seconds / 3600;
    const qint64 days = hours / 24;
    if (seconds < -1)
        return u"<invalid>"_s;
    if (seconds < 120)
        return QString::number(qMax<qint64>(seconds, 0)) + u's';
    if (minutes < 10)
        return twoParts(minutes, u'm', seconds % 60, u's');
    if (hours < 3)
        return QString::number(minutes) + u'm';
    if (hours < 8)
        return twoParts(hours, u'h', minutes % 60, u'm');
    if (hours < 48)
        return QString::number(hours) + u'h';
    if (days < 8)
        return twoParts(days, u'd', hours % 24, u'h');
    if (days < 2 * 365)
        return QString::number(days) + u'd';
    if (days < 8 * 365)
        return twoParts(days / 365, u'y', days % 365, u'd');
    return QString::number(days / 365) + u'y';
}

} // namespace Fairlead::Kube
