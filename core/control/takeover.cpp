#include "core/control/takeover.h"

#include "core/control/forwardjson.h"
#include "core/store/profiles/profilereader.h"
#include "core/store/profiles/profilewriter.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Fairlead::Control {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Control::TakeOver)
};

/// Of a forward that ran: ports that were left open (":80") as it listened on them.
void fillOpenPorts(Forward::ForwardSpec &spec, const QJsonArray &ports)
{
    if (ports.size() != spec.ports.size()) // it was not that far yet
        return;
    for (qsizetype i = 0; i < spec.ports.size(); ++i) {
        const int port = ports.at(i)[u"localPort"_s].toInt();
        if (spec.ports.at(i).local == 0 && port > 0 && port <= 0xFFFF)
            spec.ports[i].local = quint16(port);
    }
}

} // namespace

QJsonObject sessionJson(ForwardDesk &desk)
{
    const auto profiles = desk.profiles();
    QJsonArray forwards;
    for (const Forward::ForwardId id : desk.manager().ids())
        forwards << forwardJson(desk.manager().snapshot(id), profiles.value(id), desk.remark(id));
    const QByteArray session = Store::writeProfile({u"session"_s, {}, desk.saved(), {}});
    return {{u"session"_s, QString::fromUtf8(session)}, {u"forwards"_s, forwards}};
}

Result<Store::MovedSession, QString> readSession(const QJsonObject &session)
{
    const auto asked = Store::readProfile(session[u"session"_s].toString().toUtf8());
    if (!asked)
        return Failure{Text::tr("What the other Fairlead handed over cannot be read: %1").arg(asked.error().text)};
    const QJsonArray forwards = session[u"forwards"_s].toArray();
    if (forwards.size() != asked->forwards.size())
        return Failure{Text::tr("What the other Fairlead handed over does not match.")};
    Store::MovedSession moved{*asked, *asked};
    for (qsizetype i = 0; i < forwards.size(); ++i) {
        if (asked->forwards.at(i).running)
            fillOpenPorts(moved.taken.forwards[i].spec, forwards.at(i)[u"ports"_s].toArray());
    }
    return moved;
}

std::optional<QString> TakeOverFile::save(const QJsonObject &session) const
{
    const QByteArray bytes = QJsonDocument(session).toJson(QJsonDocument::Compact);
    QSaveFile file(m_path);
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(bytes) == bytes.size() && file.commit())
        return std::nullopt;
    return Text::tr("The forwards cannot be handed over: %1 cannot be written: %2").arg(m_path, file.errorString());
}

std::optional<Store::MovedSession> TakeOverFile::load(QString *problem) const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    auto moved = readSession(QJsonDocument::fromJson(file.readAll()).object());
    if (moved)
        return std::move(moved).value();
    *problem = moved.error();
    remove();
    return std::nullopt;
}

void TakeOverFile::remove() const
{
    QFile::remove(m_path);
}

} // namespace Fairlead::Control
