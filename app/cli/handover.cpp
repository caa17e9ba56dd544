#include "app/cli/handover.h"

#include "app/cli/enginecall.h"
#include "app/cli/status.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

/// The forwards of a profile that was handed over, and what is known of each.
class HandOver final
{
public:
    HandOver(Control::EngineClient &engine, const QJsonObject &answer)
        : m_engine(engine)
        , m_profile(answer[u"profile"_s].toString())
    {
        for (const auto &value : answer[u"forwards"_s].toArray()) {
            const QJsonObject forward = value.toObject();
            if (!forward[u"found"_s].toBool())
                m_lost << forward;
            else if (forward[u"starts"_s].toBool())
                m_forwards.insert(forward[u"id"_s].toInteger(), forward);
            sayRemark(forward);
        }
    }

    [[nodiscard]] bool isEmpty() const { return m_forwards.isEmpty() && m_lost.isEmpty(); }
    [[nodiscard]] bool anyLost() const { return !m_lost.isEmpty(); }
    [[nodiscard]] qsizetype total() const { return m_forwards.size() + m_lost.size(); }
    [[nodiscard]] QString profile() const { return m_profile; }
    [[nodiscard]] qsizetype running() const
    {
        return std::count_if(m_forwards.begin(), m_forwards.end(),
                             [](const auto &one) { return stateIs(one, "Running"); });
    }

    /// Follows the states until each forward runs or has given up. False: the time was over before.
    bool wait(std::chrono::milliseconds patience)
    {
        const QDeadlineTimer deadline(patience);
        while (!isSettled()) {
            const auto event = m_engine.nextEvent(int(deadline.remainingTime()));
            if (!event)
                return false;
            if (event->name == "state"_L1)
                take(event->data);
            else if (event->name == "removed"_L1)
                forget(event->data[u"id"_s].toInteger());
        }
        return true;
    }

    /// Why those that do not run do not.
    void complainAboutRest() const
    {
        for (const QJsonObject &forward : m_forwards) {
            if (stateIs(forward, "Running"))
                continue;
            const QString reason = reasonWords(forward);
            say(u"error"_s, forward, stateWords(forward) + (reason.isEmpty() ? QString() : u": "_s + reason));
        }
    }

    [[nodiscard]] QJsonObject json() const
    {
        QJsonArray forwards;
        for (const QJsonObject &forward : m_forwards)
            forwards << forward;
        for (const QJsonObject &forward : m_lost)
            forwards << forward;
        return {{u"profile"_s, m_profile}, {u"running"_s, running()}, {u"total"_s, total()}, {u"forwards"_s, forwards}};
    }

private:
    static bool stateIs(const QJsonObject &forward, const char *state)
    {
        return forward[u"state"_s].toString() == QLatin1StringView(state);
    }

    /// What it was before it was started anew does not count, unless it ran all along.
    [[nodiscard]] bool isSettled() const
    {
        return std::all_of(m_forwards.begin(), m_forwards.end(), [this](const QJsonObject &forward) {
            const bool gaveUp = stateIs(forward, "Failed") || stateIs(forward, "Stopped");
            return stateIs(forward, "Running") || (gaveUp && m_moved.contains(forward[u"id"_s].toInteger()));
        });
    }

    void take(const QJsonObject &forward)
    {
        const qint64 id = forward[u"id"_s].toInteger();
        if (!m_forwards.contains(id))
            return;
        if (stateIs(forward, "SignInNeeded") && !stateIs(m_forwards[id], "SignInNeeded"))
            say(u"warning"_s, forward, stateWords(forward) + u": "_s + reasonWords(forward));
        m_forwards[id] = forward;
        m_moved << id;
    }

    /// Somebody took it away meanwhile.
    void forget(qint64 id)
    {
        if (m_forwards.contains(id))
            m_lost << m_forwards.take(id);
    }

    static void sayRemark(const QJsonObject &forward)
    {
        const QString remark = forward[u"remark"_s].toString();
        if (!remark.isEmpty())
            say(forward[u"found"_s].toBool() ? u"warning"_s : u"error"_s, forward, remark);
    }

    static void say(const QString &kind, const QJsonObject &forward, const QString &text)
    {
        QTextStream(stderr) << kind << ": [" << forward[u"name"_s].toString() << "] " << text << '\n';
    }

    Control::EngineClient &m_engine;
    QString m_profile;
    QMap<qint64, QJsonObject> m_forwards; ///< that are to run
    QList<QJsonObject> m_lost; ///< that have no context here, or are gone
    QSet<qint64> m_moved; ///< that have changed their state since
};

void print(const HandOver &handOver, bool waited, bool json)
{
    QTextStream out(stdout);
    if (json)
        out << QJsonDocument(handOver.json()).toJson(QJsonDocument::Compact) << '\n';
    else if (waited)
        out << Text::tr("Ready: %1 of %2 forwards run.").arg(handOver.running()).arg(handOver.total()) << '\n';
    else
        out << Text::tr("Profile \"%1\" was handed over to the Fairlead that runs.").arg(handOver.profile()) << '\n';
}

} // namespace

int handOver(Control::EngineClient &engine, const QString &profile, std::optional<std::chrono::milliseconds> wait,
             bool json)
{
    if (wait) { // before, so that no change is missed
        const auto subscribed = engine.call(u"subscribe"_s, {{u"topics"_s, QJsonArray{u"forwards"_s}}});
        if (!subscribed)
            return complain(subscribed.error().text);
    }
    const auto answer = engine.call(u"up"_s, {{u"profile"_s, profile}});
    if (!answer)
        return complain(answer.error().text);
    HandOver handOver(engine, *answer);
    if (handOver.isEmpty())
        return complain(Text::tr("Profile \"%1\" has no forward that is to run.").arg(handOver.profile()));
    const bool inTime = !wait || handOver.wait(*wait);
    if (wait)
        handOver.complainAboutRest();
    print(handOver, wait.has_value(), json);
    if (!inTime)
        return engine.isConnected() ? TimeIsOver : complain(Text::tr("The Fairlead that ran has ended."));
    const bool allRun = !wait || handOver.running() == handOver.total();
    return allRun && !handOver.anyLost() ? Done : NotDone;
}

} // namespace Fairlead::App
