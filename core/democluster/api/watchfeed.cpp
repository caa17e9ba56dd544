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
QString typeFor(const Kind<T> &kind, const Change<T> &change, const Selection &selection)
{
    const bool before = change.before && selection.contains(kind, *change.before);
    const bool after = change.type != Change<T>::Type::Deleted && selection.contains(kind, change.object);
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
    if (m_plan.type->storage != ResourceType::Storage::None)
        return withKind(*m_plan.type, [this](const auto &kind) { return takeOf(kind); });
    m_sent = m_store.resourceVersion();
    return {};
}

template <typename T>
QByteArray WatchFeed::takeOf(const Kind<T> &kind)
{
    if (!m_sent)
        return initialOf(kind);
    if (const quint64 oldest = kind.in(m_store).oldestResumable(); *m_sent < oldest)
        return expiredLine(*m_sent, oldest);
    return changesOf(kind);
}

/// What changes while the first pieces go out is sent afterwards, some of it a second time; watchers know no better of
/// what they get first.
template <typename T>
QByteArray WatchFeed::initialOf(const Kind<T> &kind)
{
    if (!m_begun)
        m_begun = m_store.resourceVersion();
    QByteArray lines;
    kind.in(m_store).visit(m_plan.selection.nameSpace, m_lastKey, [&](const T &object) {
        if (m_plan.selection.contains(kind, object)) {
            lines += line(kind, u"ADDED"_s, object);
            m_lastKey = kind.key(object);
        }
        return lines.size() < PieceSize;
    });
    if (lines.size() >= PieceSize)
        return lines;
    m_sent = m_begun;
    if (m_plan.initialEvents)
        lines += bookmarkLine(true);
    return lines.isEmpty() ? changesOf(kind) : lines;
}

template <typename T>
QByteArray WatchFeed::changesOf(const Kind<T> &kind)
{
    const auto &log = kind.in(m_store).log();
    const auto isOlder = [](quint64 version, const Change<T> &change) { return version < change.resourceVersion; };
    QByteArray lines;
    for (auto change = std::upper_bound(log.begin(), log.end(), *m_sent, isOlder); change != log.end(); ++change) {
        if (const QString type = typeFor(kind, *change, m_plan.selection); !type.isEmpty())
            lines += line(kind, type, change->object);
        m_sent = change->resourceVersion;
        if (lines.size() >= PieceSize)
            return lines;
    }
    m_sent = m_store.resourceVersion();
    return lines;
}

template <typename T>
QByteArray WatchFeed::line(const Kind<T> &kind, const QString &type, const T &object)
{
    const bool withColumns = !m_columnsSent;
    m_columnsSent = true;
    return toLine(type, renderOne(kind, object, m_plan.view, m_clock.now(), withColumns));
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
    const ResourceType &type = *m_plan.type;
    QJsonObject object{{u"kind"_s, type.kind}, {u"apiVersion"_s, type.apiVersion()}, {u"metadata"_s, metadata}};
    if (m_plan.view.rendering == Rendering::Partial)
        object = partialMetadata(metadata);
    else if (m_plan.view.rendering == Rendering::Table)
        object = tableObject({}, {QJsonObject{{u"cells"_s, QJsonArray()}, {u"object"_s, partialMetadata(metadata)}}},
                             {m_sent.value_or(0)});
    return toLine(u"BOOKMARK"_s, object);
}

QByteArray WatchFeed::expiredLine(quint64 asked, quint64 oldest)
{
    m_over = true;
    return toLine(u"ERROR"_s, toJson(expired(asked, oldest)));
}

} // namespace Fairlead::Demo
