#include "core/democluster/api/podwords.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

constexpr qint64 Minute = 60;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;
constexpr qint64 Year = 365 * Day;

/// "5m30s"; the smaller unit is left out when it is zero.
QString twoUnits(qint64 span, qint64 large, QChar largeName, qint64 small, QChar smallName)
{
    QString text = QString::number(span / large) + largeName;
    if (const qint64 rest = span % large / small; rest > 0)
        text += QString::number(rest) + smallName;
    return text;
}

/// How one container changes the word for its pod; nothing if it just runs.
QString containerWord(const ContainerState &state)
{
    if (state.kind == ContainerState::Kind::Waiting)
        return state.reason;
    if (state.kind == ContainerState::Kind::Terminated)
        return state.reason.isEmpty() ? u"ExitCode:%1"_s.arg(state.exitCode) : state.reason;
    return {};
}

} // namespace

QString ageText(const QDateTime &since, const QDateTime &now)
{
    if (!since.isValid())
        return u"<unknown>"_s;
    const qint64 span = since.secsTo(now);
    if (span < -1)
        return u"<invalid>"_s;
    if (span < 2 * Minute)
        return QString::number(qMax<qint64>(span, 0)) + u's';
    if (span < 10 * Minute)
        return twoUnits(span, Minute, u'm', 1, u's');
    if (span < 3 * Hour)
        return QString::number(span / Minute) + u'm';
    if (span < 8 * Hour)
        return twoUnits(span, Hour, u'h', Minute, u'm');
    if (span < 2 * Day)
        return QString::number(span / Hour) + u'h';
    if (span < 8 * Day)
        return twoUnits(span, Day, u'd', Hour, u'h');
    if (span < 2 * Year)
        return QString::number(span / Day) + u'd';
    if (span < 8 * Year)
        return twoUnits(span, Year, u'y', Day, u'd');
    return QString::number(span / Year) + u'y';
}

PodWords podWords(const Pod &pod, const QDateTime &now)
{
    QString word = pod.phase;
    int ready = 0;
    int restarts = 0;
    bool anyRuns = false;
    QDateTime lastEnd;
    // Backwards: the first container's word is the one that stays.
    for (auto container = pod.containers.crbegin(); container != pod.containers.crend(); ++container) {
        restarts += container->restartCount;
        if (container->restartCount > 0 && (!lastEnd.isValid() || container->lastState.finishedAt > lastEnd))
            lastEnd = container->lastState.finishedAt;
        if (const QString own = containerWord(container->state); !own.isEmpty()) {
            if (!pod.nodeName.isEmpty()) // without a node there are no container statuses to speak of
                word = own;
        } else if (container->ready) {
            anyRuns = true;
            ++ready;
        }
    }
    if (word == "Completed"_L1 && anyRuns)
        word = isReady(pod) ? u"Running"_s : u"NotReady"_s;
    if (pod.deletion.isValid() && pod.phase != "Succeeded"_L1 && pod.phase != "Failed"_L1)
        word = u"Terminating"_s;
    QString restartText = QString::number(restarts);
    if (restarts > 0 && lastEnd.isValid())
        restartText += u" (%1 ago)"_s.arg(ageText(lastEnd, now));
    return {u"%1/%2"_s.arg(ready).arg(pod.containers.size()), word, restartText};
}

} // namespace Fairlead::Demo
