#include "app/cli/logs.h"

#include "app/cli/enginecall.h"
#include "app/cli/outputflag.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

void print(const QJsonObject &line, bool json)
{
    QTextStream out(stdout);
    if (json) {
        out << QJsonDocument(line).toJson(QJsonDocument::Compact) << '\n';
        return;
    }
    const QDateTime time = QDateTime::fromString(line[u"time"_s].toString(), Qt::ISODateWithMs).toLocalTime();
    out << time.toString(u"yyyy-MM-dd HH:mm:ss"_s) << " [" << line[u"name"_s].toString() << "] "
        << line[u"text"_s].toString() << '\n';
}

/// The ids that words name now; empty without words, and then all are meant, those to come as well.
Result<QSet<qint64>, QString> followed(Control::EngineClient &engine, const QJsonObject &which)
{
    QSet<qint64> ids;
    if (which.isEmpty())
        return ids;
    const auto status = engine.call(u"status"_s, which);
    if (!status)
        return Failure{status.error().text};
    for (const auto &forward : (*status)[u"forwards"_s].toArray())
        ids << forward[u"id"_s].toInteger();
    return ids;
}

int follow(Control::EngineClient &engine, const QSet<qint64> &ids, bool all, bool json)
{
    constexpr int ForEver = -1;
    while (const auto event = engine.nextEvent(ForEver)) {
        if (all || ids.contains(event->data[u"id"_s].toInteger()))
            print(event->data, json);
    }
    return complain(Text::tr("The Fairlead that ran has ended."));
}

} // namespace

ArgumentReader logsReader()
{
    ArgumentReader reader;
    reader.addOption({u"follow"_s, u'f', ArgumentOption::Kind::Bool, {}, {}, Text::tr("Go on until Ctrl-C")});
    reader.addOption(outputOption());
    return reader;
}

int runLogs(const QStringList &arguments)
{
    const auto parsed = readCommand(logsReader(), arguments, u"logs"_s, u"logs [-f] [flags] [PROFILE|NAME|ID ...]"_s,
                                    Text::tr("Print the logs of forwards of the Fairlead that runs."));
    if (!parsed)
        return parsed.error();
    const auto engine = reachEngine();
    if (!engine)
        return NoEngine;
    const QStringList words = parsed->positionals();
    const QJsonObject which =
        words.isEmpty() ? QJsonObject() : QJsonObject{{u"which"_s, QJsonArray::fromStringList(words)}};
    const bool goesOn = parsed->boolean(u"follow"_s).value_or(false);
    const auto ids = followed(*engine, which);
    if (!ids)
        return complain(ids.error());
    if (goesOn) {
        const auto subscribed = engine->call(u"subscribe"_s, {{u"topics"_s, QJsonArray{u"logs"_s}}});
        if (!subscribed)
            return complain(subscribed.error().text);
    }
    const auto answer = engine->call(u"logs"_s, which);
    if (!answer)
        return complain(answer.error().text);
    engine->forgetEvents(); // those before the answer are in it
    for (const auto &line : (*answer)[u"lines"_s].toArray())
        print(line.toObject(), wantsJson(*parsed));
    return goesOn ? follow(*engine, *ids, which.isEmpty(), wantsJson(*parsed)) : Done;
}

} // namespace Fairlead::App
