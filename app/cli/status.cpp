#include "app/cli/status.h"

#include "app/cli/choice.h"
#include "app/cli/enginecall.h"
#include "app/cli/forwardreporter.h"
#include "app/cli/texttable.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QMetaEnum>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr std::array<Choice<bool>, 2> Outputs{{{"json"_L1, true}, {"table"_L1, false}}};

} // namespace

ArgumentReader statusReader()
{
    const auto check = [](const QString &value) { return checkChoice(Outputs, value); };
    ArgumentReader result;
    result.addOption({u"output"_s, u'o', ArgumentOption::Kind::Value, check, u"json|table"_s,
                      Text::tr("Print JSON, or a table (default)")});
    return result;
}

namespace {

/// The addresses on which one port listens.
QStringList addressesOf(const QJsonObject &port)
{
    QStringList hosts;
    quint16 number = 0;
    for (const auto &listener : port[u"listeners"_s].toArray()) {
        if (listener[u"error"_s].isString())
            continue;
        hosts << listener[u"address"_s].toString();
        number = quint16(listener[u"port"_s].toInt());
    }
    if (hosts == QStringList{u"127.0.0.1"_s, u"::1"_s} || hosts == QStringList{u"::1"_s, u"127.0.0.1"_s})
        hosts = QStringList{u"localhost"_s};
    for (QString &host : hosts)
        host = hostAndPort(host, number);
    return hosts;
}

QString bytes(const QJsonValue &value)
{
    return QLocale::c().formattedDataSize(qint64(value.toDouble()), 1);
}

QStringList row(const QJsonObject &forward)
{
    QStringList profiles;
    for (const auto &name : forward[u"profiles"_s].toArray())
        profiles << name.toString();
    return {QString::number(forward[u"id"_s].toInteger()),
            forward[u"name"_s].toString(),
            profiles.join(u',') + (profiles.isEmpty() ? u"-"_s : QString()),
            forward[u"context"_s].toString(),
            forward[u"namespace"_s].toString(),
            forward[u"target"_s].toString(),
            localAddresses(forward),
            stateWords(forward),
            u"%1/%2"_s.arg(forward[u"openConnections"_s].toInteger()).arg(forward[u"totalConnections"_s].toInteger()),
            bytes(forward[u"bytesDown"_s]),
            bytes(forward[u"bytesUp"_s]),
            reasonWords(forward)};
}

} // namespace

QString localAddresses(const QJsonObject &forward)
{
    QStringList addresses;
    for (const auto &port : forward[u"ports"_s].toArray()) {
        const QStringList listening = addressesOf(port.toObject());
        addresses +=
            listening.isEmpty() ? QStringList{u':' + QString::number(port[u"localPort"_s].toInt())} : listening;
    }
    return addresses.join(u',');
}

QString stateWords(const QJsonObject &forward)
{
    const QByteArray key = forward[u"state"_s].toString().toLatin1();
    bool known = false;
    const int state = QMetaEnum::fromType<Forward::State>().keyToValue(key.constData(), &known);
    return known ? Forward::stateText(Forward::State(state)) : QString::fromLatin1(key);
}

QString reasonWords(const QJsonObject &forward)
{
    const QString reason = forward[u"reason"_s][u"text"_s].toString();
    return reason.isEmpty() ? forward[u"remark"_s].toString() : reason;
}

int runStatus(const QStringList &arguments)
{
    const auto parsed = readCommand(statusReader(), arguments, u"status"_s, u"status [flags] [PROFILE|NAME|ID ...]"_s,
                                    Text::tr("Show the forwards of the Fairlead that runs."));
    if (!parsed)
        return parsed.error();
    const auto engine = reachEngine();
    if (!engine)
        return NoEngine;
    const QStringList words = parsed->positionals();
    const auto answer = engine->call(
        u"status"_s, words.isEmpty() ? QJsonObject() : QJsonObject{{u"which"_s, QJsonArray::fromStringList(words)}});
    if (!answer)
        return complain(answer.error().text);
    QTextStream out(stdout);
    const QJsonArray forwards = (*answer)[u"forwards"_s].toArray();
    if (chosen(Outputs, parsed->value(u"output"_s)) == true) {
        out << QString::fromUtf8(QJsonDocument(*answer).toJson());
    } else if (forwards.isEmpty()) {
        out << Text::tr("There are no forwards.") << '\n';
    } else {
        QList<QStringList> rows{{u"ID"_s, u"NAME"_s, u"PROFILES"_s, u"CONTEXT"_s, u"NAMESPACE"_s, u"TARGET"_s,
                                 u"LOCAL"_s, u"STATE"_s, u"CONNECTIONS"_s, u"DOWN"_s, u"UP"_s, u"REASON"_s}};
        for (const auto &forward : forwards)
            rows << row(forward.toObject());
        out << textTable(rows);
    }
    return Done;
}

} // namespace Fairlead::App
