#include "core/democluster/api/watchfeed.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

QByteArray toLine(const QString &type, const QJsonObject &object)
{
    return QJsonDocument(QJsonObject{{u"type"_s, type}, {u"object"_s, object}}).toJson(QJsonDocument::Compact) + '\n';
}

/// What a change means to a watch with selectors: an object that stops to match is gone for it (and the other way
/// round).
template <typename T>
QString typeFor(const Change<T> &change, const Selection &selection)
{
    const bool before = change.before && selection.contains(*change.before);
    const bool after = change.type != Change<T>::Type::Deleted && selection.contains(change.object);
    if (before && after)
        return u"MODIFIED"_s;
    if (after)
        return u"ADDED"_s;
    return before ? u"DELETED"_s : QString();
}

} // namespace

WatchFeed::WatchFeed(WatchPlan plan, const ObjectStore &store, const Clock &clock)
    : m_plan(std::move(plan))
    , m_store(store)
    , m_clock(clock)
    , m_sent(m_plan.from)
{
}

QByteArray WatchFeed::take()
{
    if (m_over)
        return {};
    if (m_plan.resource == "pods"_L1)
        return takeOf<Pod>();
    if (m_plan.resource == "namespaces"_L1)
        return takeOf<NamespaceObject>();
    m_sent = m_store.resourceVersion();
    return {};
}

template <typename T>
QByteArray WatchFeed::takeOf()
{
    if (!m_sent)
        return initialOf<T>();
    if (*m_sent < m_store.oldestResumable())
        return expiredLine(*m_sent);
    return changesOf<T>();
}

template <typename T>
QByteArray WatchFeed::initialOf()
{
    QByteArray lines;
    for (const T &object : Kind<T>::all(m_store, m_plan.selection.nameSpace)) {
        if (m_plan.selection.contains(object))
            lines += line(u"ADDED"_s, object);
    }
    m_sent = m_store.resourceVersion();
    if (m_plan.initialEvents)
        lines += bookmarkLine(true);
    return lines;
}

template <typename T>
QByteArray WatchFeed::changesOf()
{
    const auto &log = Kind<T>::log(m_store);
    const auto isOlder = [](quint64 version, const Change<T> &change) { return version < change.resourceVersion; };
    QByteArray lines;
    for (auto change = std::upper_bound(log.begin(), log.end(), *m_sent, isOlder); change != log.end(); ++change) {
        if (const QString type = typeFor(*change, m_plan.selection); !type.isEmpty())
            lines += line(type, change->object);
    }
    m_sent = m_store.resourceVersion();
    return lines;
}

template <typename T>
QByteArray WatchFeed::line(const QString &type, const T &object)
{
    const bool withColumns = !m_columnsSent;
    m_columnsSent = true;
    return toLine(type, renderOne(object, m_plan.view, m_clock.now(), withColumns));
}

QByteArray WatchFeed::bookmark()
{
    return m_plan.bookmarks && m_sent && !m_over ? bookmarkLine(false) : QByteArray();
}

QByteArray WatchFeed::bookmarkLine(bool endsInitialEvents)
{
    QJsonObject metadata{{u"resourceVersion"_s, QString::number(m_sent.value_or(0))},
                         {u"creationTimestamp"_s, QJsonValue::Null}};
    if (endsInitialEvents)
        metadata.insert(u"annotations"_s, QJsonObject{{u"k8s.io/initial-events-end"_s, u"true"_s}});
    const QString kind = m_plan.resource == "namespaces"_L1 ? u"Namespace"_s : u"Pod"_s;
    QJsonObject object{{u"kind"_s, kind}, {u"apiVersion"_s, u"v1"_s}, {u"metadata"_s, metadata}};
    if (m_plan.view.rendering == Rendering::Partial)
        object = partialMetadata(metadata);
    else if (m_plan.view.rendering == Rendering::Table)
        object = tableObject({}, {QJsonObject{{u"cells"_s, QJsonArray()}, {u"object"_s, partialMetadata(metadata)}}},
                             {m_sent.value_or(0)});
    return toLine(u"BOOKMARK"_s, object);
}

QByteArray WatchFeed::expiredLine(quint64 asked)
{
    m_over = true;
    return toLine(u"ERROR"_s, toJson(expired(asked, m_store.oldestResumable())));
}

} // namespace Fairlead::Demo
