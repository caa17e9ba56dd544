#include "core/control/engineapi.h"

#include "core/control/forwardjson.h"
#include "core/control/selection.h"
#include "core/store/profiles/profilelookup.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Fairlead::Control {

using Forward::ForwardId;
using Forward::ForwardManager;

namespace {

Failure<Error> failed(ErrorCode code, const QString &text)
{
    return Failure{Error{code, text}};
}

/// A parameter that has to be a string with something in it.
Result<QString, Error> textParam(const QJsonObject &params, const QString &name)
{
    const QString text = params.value(name).toString();
    if (text.isEmpty())
        return failed(ErrorCode::BadParams, EngineApi::tr("\"%1\" has to be a string.").arg(name));
    return text;
}

} // namespace

EngineApi::EngineApi(ForwardDesk &desk, Face &face, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_face(face)
{
    const ForwardManager *manager = &desk.manager();
    connect(manager, &ForwardManager::added, this, [this](ForwardId id) { tell(u"added"_s, id); });
    connect(manager, &ForwardManager::stateChanged, this, [this](ForwardId id) { tell(u"state"_s, id); });
    connect(manager, &ForwardManager::removed, this, [this](ForwardId id) {
        emit happened(u"forwards"_s, {u"removed"_s, {{u"id"_s, qint64(id)}}});
    });
    connect(manager, &ForwardManager::logged, this, [this](ForwardId id, const Forward::LogLine &line) {
        const QString name = Store::displayName(m_desk.manager().snapshot(id).spec);
        emit happened(u"logs"_s, {u"log"_s, logJson(id, name, line)});
    });
}

Result<QJsonObject, Error> EngineApi::answer(const Request &request)
{
    using Method = std::pair<QLatin1StringView, Answer (EngineApi::*)(const QJsonObject &)>;
    static constexpr std::array<Method, 10> Methods{{{"hello"_L1, &EngineApi::hello},
                                                     {"status"_L1, &EngineApi::status},
                                                     {"up"_L1, &EngineApi::up},
                                                     {"down"_L1, &EngineApi::down},
                                                     {"logs"_L1, &EngineApi::logs},
                                                     {"show"_L1, &EngineApi::show},
                                                     {"ask"_L1, &EngineApi::ask},
                                                     {"session"_L1, &EngineApi::session},
                                                     {"handover"_L1, &EngineApi::handOver},
                                                     {"quit"_L1, &EngineApi::quit}}};
    const auto method = std::find_if(Methods.begin(), Methods.end(),
                                     [&request](const Method &one) { return one.first == request.method; });
    if (method == Methods.end())
        return failed(ErrorCode::UnknownMethod, tr("There is no method \"%1\".").arg(request.method));
    if (m_ending)
        return failed(ErrorCode::Failed, tr("The engine is about to end."));
    return (this->*method->second)(request.params);
}

EngineApi::Answer EngineApi::hello(const QJsonObject &)
{
    return QJsonObject{{u"protocol"_s, ProtocolVersion},
                       {u"version"_s, QStringLiteral(FAIRLEAD_VERSION)},
                       {u"face"_s, m_face.name()},
                       {u"since"_s, m_since.toString(Qt::ISODateWithMs)},
                       {u"overrides"_s, QJsonArray::fromStringList(m_overrides)},
                       {u"pid"_s, QCoreApplication::applicationPid()}};
}

/// Profiles are left out: a state changes often, and which profile a forward is in hardly ever does.
QJsonObject EngineApi::describe(ForwardId id) const
{
    return forwardJson(m_desk.manager().snapshot(id), {}, m_desk.remark(id));
}

void EngineApi::tell(const QString &event, ForwardId id)
{
    QJsonObject forward = describe(id);
    forward.remove(u"profiles"_s);
    emit happened(u"forwards"_s, {event, forward});
}

EngineApi::Ids EngineApi::chosen(const QJsonObject &params)
{
    const QJsonValue which = params.value(u"which"_s);
    if (!which.isUndefined() && !which.isArray())
        return failed(ErrorCode::BadParams, tr("\"%1\" has to be a list.").arg(u"which"_s));
    QStringList words;
    for (const auto &word : which.toArray())
        words << word.toVariant().toString(); // ids may be numbers
    const auto profiles = m_desk.profiles();
    QList<Called> all;
    for (const ForwardId id : m_desk.manager().ids())
        all << Called{id, Store::displayName(m_desk.manager().snapshot(id).spec), profiles.value(id)};
    QStringList known;
    for (const auto &entry : m_desk.folder().entries())
        known << entry.name;
    auto ids = selectForwards(words, all, known);
    if (!ids)
        return failed(ErrorCode::NotFound, ids.error());
    return *ids;
}

EngineApi::Answer EngineApi::status(const QJsonObject &params)
{
    const Ids ids = chosen(params);
    if (!ids)
        return Failure{ids.error()};
    const auto profiles = m_desk.profiles();
    QJsonArray forwards;
    for (const ForwardId id : *ids)
        forwards << forwardJson(m_desk.manager().snapshot(id), profiles.value(id), m_desk.remark(id));
    return QJsonObject{{u"forwards"_s, forwards}};
}

EngineApi::Answer EngineApi::up(const QJsonObject &params)
{
    const auto which = textParam(params, u"profile"_s);
    if (!which)
        return Failure{which.error()};
    const auto profile = Store::lookUpProfile(*which, m_desk.folder());
    if (!profile)
        return failed(ErrorCode::NotFound, profile.error());
    if (params.value(u"inWindow"_s).toBool()) {
        if (!m_face.startInFront(*profile, params.value(u"activationToken"_s).toString()))
            return failed(ErrorCode::NoWindow, tr("The engine that runs has no window to ask in."));
        return QJsonObject{{u"profile"_s, profile->name}};
    }
    QJsonArray forwards;
    QList<ForwardId> idle;
    for (const auto &[id, plan] : m_desk.bring(*profile)) {
        QJsonObject forward = describe(id);
        forward[u"starts"_s] = plan.isToStart();
        forward[u"found"_s] = plan.found;
        forwards << forward;
        if (plan.isToStart() && !isActive(m_desk.manager().snapshot(id).state))
            idle << id;
    }
    m_face.start(idle);
    return QJsonObject{{u"profile"_s, profile->name}, {u"forwards"_s, forwards}};
}

EngineApi::Answer EngineApi::down(const QJsonObject &params)
{
    // Everything at once only in so many words: a list that a script has left empty stops nothing.
    if (params.value(u"all"_s).toBool() == params.contains(u"which"_s) || params.value(u"which"_s) == QJsonArray())
        return failed(ErrorCode::BadParams, tr("Either \"which\" or \"all\" has to be given."));
    const Ids ids = chosen(params);
    if (!ids)
        return Failure{ids.error()};
    QJsonArray stopped;
    for (const ForwardId id : *ids) {
        if (!isActive(m_desk.manager().snapshot(id).state))
            continue;
        stopped << QJsonObject{{u"id"_s, qint64(id)},
                               {u"name"_s, Store::displayName(m_desk.manager().snapshot(id).spec)}};
        m_desk.manager().stop(id);
    }
    return QJsonObject{{u"stopped"_s, stopped}};
}

EngineApi::Answer EngineApi::logs(const QJsonObject &params)
{
    const Ids ids = chosen(params);
    if (!ids)
        return Failure{ids.error()};
    QList<std::pair<QDateTime, QJsonObject>> lines;
    for (const ForwardId id : *ids) {
        const QString name = Store::displayName(m_desk.manager().snapshot(id).spec);
        for (const Forward::LogLine &line : m_desk.manager().log(id))
            lines.append({line.time, logJson(id, name, line)});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QJsonArray result;
    for (qsizetype i = std::max<qsizetype>(0, lines.size() - MaxLogLines); i < lines.size(); ++i)
        result << lines.at(i).second;
    return QJsonObject{{u"lines"_s, result}};
}

EngineApi::Answer EngineApi::show(const QJsonObject &params)
{
    if (!m_face.show(params.value(u"activationToken"_s).toString()))
        return failed(ErrorCode::NoWindow, tr("The engine that runs has no window."));
    return QJsonObject{};
}

EngineApi::Answer EngineApi::ask(const QJsonObject &params)
{
    const auto which = textParam(params, u"profile"_s);
    if (!which)
        return Failure{which.error()};
    // By name only: what a link leads to is what the user has saved.
    if (Store::isProfilePath(*which) || !m_desk.folder().find(*which))
        return failed(ErrorCode::NotFound, tr("There is no profile named \"%1\".").arg(*which));
    if (!m_face.askToStart(*which))
        return failed(ErrorCode::NoWindow, tr("The engine that runs has no window to ask in."));
    return QJsonObject{};
}

EngineApi::Answer EngineApi::session(const QJsonObject &)
{
    return sessionJson(m_desk);
}

/// Written before anything ends: whoever is killed now, the next engine finds it.
EngineApi::Answer EngineApi::handOver(const QJsonObject &)
{
    if (m_face.name() == "window"_L1)
        return failed(ErrorCode::Failed, tr("The engine that runs has its window, and keeps its forwards."));
    if (!m_takeOverFile)
        return failed(ErrorCode::Failed, tr("The engine that runs cannot hand its forwards over."));
    const QJsonObject everything = sessionJson(m_desk);
    if (const auto problem = m_takeOverFile->save(everything))
        return failed(ErrorCode::Failed, *problem);
    m_face.saveSession(); // a full disk says so there; what counts here is written
    beginEnding(Ending::HandOver);
    return everything;
}

EngineApi::Answer EngineApi::quit(const QJsonObject &)
{
    QJsonObject result{{u"pid"_s, QCoreApplication::applicationPid()}};
    if (const auto problem = m_face.saveSession())
        result[u"problem"_s] = *problem;
    beginEnding(Ending::Quit);
    return result;
}

void EngineApi::beginEnding(Ending why)
{
    m_ending = true;
    const QString word = why == Ending::HandOver ? u"handover"_s : u"quit"_s;
    emit happened(u"forwards"_s, {u"ending"_s, {{u"why"_s, word}}});
    emit ending(why);
}

} // namespace Fairlead::Control
