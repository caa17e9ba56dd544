#include "core/democluster/api/listing.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

/// A watch that gives no timeout ends after this, as a real server ends it after 30 to 60 minutes.
constexpr int DefaultWatchSeconds = 30 * 60;

struct ContinueToken {
    quint64 version = 0;
    QString lastKey;
};

QString encodeToken(const ContinueToken &token)
{
    const QJsonObject object{
        {u"v"_s, u"meta.k8s.io/v1"_s}, {u"rv"_s, QString::number(token.version)}, {u"start"_s, token.lastKey}};
    const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

std::optional<ContinueToken> decodeToken(const QString &text)
{
    const QByteArray json = QByteArray::fromBase64(text.toLatin1(), QByteArray::Base64UrlEncoding);
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    bool ok = false;
    const quint64 version = object.value("rv"_L1).toString().toULongLong(&ok);
    return ok ? std::optional(ContinueToken{version, object.value("start"_L1).toString()}) : std::nullopt;
}

/// 0 for an absent parameter.
Result<quint64, ApiStatus> readNumber(const RequestInfo &info, const QString &key)
{
    const QString text = info.parameter(key);
    bool ok = false;
    const quint64 number = text.toULongLong(&ok);
    if (text.isEmpty())
        return quint64(0);
    if (!ok)
        return Failure{badRequest(u"%1: Invalid value: \"%2\": strconv.ParseUint: invalid syntax"_s.arg(key, text))};
    return number;
}

ApiStatus tooLargeVersion(quint64 asked, quint64 current)
{
    return {504, u"Timeout"_s, u"Too large resource version: %1, current: %2"_s.arg(asked).arg(current)};
}

/// Where a page starts and what it may hold.
struct Page {
    quint64 version = 0;
    QString after;
    qsizetype limit = 0; ///< 0: all
};

Result<Page, ApiStatus> readPage(const RequestInfo &info, quint64 current, quint64 oldest)
{
    const Result<quint64, ApiStatus> limit = readNumber(info, u"limit"_s);
    if (!limit)
        return Failure{limit.error()};
    Page page{current, {}, static_cast<qsizetype>(qMin<quint64>(*limit, 1'000'000))};
    const QString text = info.parameter(u"continue"_s);
    if (text.isEmpty())
        return page;
    const auto token = decodeToken(text);
    if (!token)
        return Failure{badRequest(u"continue key is not valid: %1"_s.arg(text.left(40)))};
    if (token->version < oldest)
        return Failure{ApiStatus{410, u"Expired"_s,
                                 u"The provided continue parameter is too old to display a consistent list result."_s}};
    page.version = token->version;
    page.after = token->lastKey;
    return page;
}

/// How many there are behind the page. As an API server does, it is not said of a list with selectors: counting would
/// mean looking at every object.
template <typename T>
qint64 countBehind(const Collection<T> &all, const QString &nameSpace, const QString &after)
{
    qint64 count = 0;
    all.visit(nameSpace, after, [&count](const T &) { return ++count > 0; });
    return count;
}

template <typename T>
Response listPage(const Kind<T> &kind, const Page &page, const Selection &selection, const View &view,
                  const ObjectStore &store, const QDateTime &now)
{
    QList<const T *> objects;
    bool more = false;
    const Collection<T> &all = kind.in(store);
    all.visit(selection.nameSpace, page.after, [&](const T &object) {
        if (!selection.contains(kind, object))
            return true;
        more = page.limit > 0 && objects.size() >= page.limit;
        if (!more)
            objects << &object;
        return !more;
    });
    ListMeta meta{page.version};
    if (more) {
        const QString last = kind.key(*objects.last());
        meta.continueToken = encodeToken({page.version, last});
        if (selection.selectsAll())
            meta.remaining = countBehind(all, selection.nameSpace, last);
    }
    return jsonResponse(renderList(kind, objects, view, meta, now));
}

template <typename T>
Response listOf(const Kind<T> &kind, const RequestInfo &info, const View &view, const ObjectStore &store,
                const QDateTime &now, const Visibility &visible)
{
    Result<Selection, ApiStatus> selection = readSelection(info, kind.fields());
    if (!selection)
        return toResponse(selection.error());
    selection->visible = visible;
    const Result<quint64, ApiStatus> version = readNumber(info, u"resourceVersion"_s);
    if (!version)
        return toResponse(version.error());
    if (*version > store.resourceVersion())
        return toResponse(tooLargeVersion(*version, store.resourceVersion()));
    const Result<Page, ApiStatus> page = readPage(info, store.resourceVersion(), kind.in(store).oldestResumable());
    return page ? listPage(kind, *page, *selection, view, store, now) : toResponse(page.error());
}

Response emptyList(const ResourceType &type, const View &view, const ObjectStore &store)
{
    const ListMeta meta{store.resourceVersion()};
    if (view.rendering == Rendering::Table)
        return jsonResponse(tableObject({}, {}, meta));
    return jsonResponse({{u"kind"_s, type.kind + u"List"_s},
                         {u"apiVersion"_s, type.apiVersion()},
                         {u"metadata"_s, meta.toJson()},
                         {u"items"_s, QJsonArray()}});
}

QStringList selectableFields(const ResourceType &type)
{
    return withKind(type, [](const auto &kind) { return kind.fields(); });
}

} // namespace

Result<Selection, ApiStatus> readSelection(const RequestInfo &info, const QStringList &fields)
{
    Result<LabelSelector, QString> labels = LabelSelector::parse(info.parameter(u"labelSelector"_s));
    if (!labels)
        return Failure{badRequest(labels.error())};
    QString fieldText = info.parameter(u"fieldSelector"_s);
    if (!info.name.isEmpty()) // a watch on one object by its path
        fieldText = u"metadata.name="_s + info.name;
    Result<FieldSelector, QString> fieldSelector = FieldSelector::parse(fieldText, fields);
    if (!fieldSelector)
        return Failure{badRequest(fieldSelector.error())};
    const QString nameSpace = info.resource == "namespaces"_L1 ? QString() : info.nameSpace;
    return Selection{nameSpace, *labels, *fieldSelector};
}

Response answerList(const ResourceType &type, const RequestInfo &info, const View &view, const ObjectStore &store,
                    const QDateTime &now, const Visibility &visible)
{
    if (type.storage == ResourceType::Storage::None)
        return emptyList(type, view, store);
    return withKind(type, [&](const auto &kind) { return listOf(kind, info, view, store, now, visible); });
}

/// There is nothing in an empty list, so nothing needs to be selected.
static Result<Selection, ApiStatus> selectionFor(const ResourceType &type, const RequestInfo &info)
{
    if (type.storage == ResourceType::Storage::None)
        return Selection{};
    return readSelection(info, selectableFields(type));
}

Result<WatchPlan, ApiStatus> planWatch(const ResourceType &type, const RequestInfo &info, const View &view,
                                       const ObjectStore &store, const Visibility &visible)
{
    Result<Selection, ApiStatus> selection = selectionFor(type, info);
    if (!selection)
        return Failure{selection.error()};
    selection->visible = visible;
    const Result<quint64, ApiStatus> version = readNumber(info, u"resourceVersion"_s);
    if (!version)
        return Failure{version.error()};
    if (*version > store.resourceVersion())
        return Failure{tooLargeVersion(*version, store.resourceVersion())};
    const Result<quint64, ApiStatus> timeout = readNumber(info, u"timeoutSeconds"_s);
    if (!timeout)
        return Failure{timeout.error()};
    WatchPlan plan{&type, std::move(*selection), view, {}};
    plan.initialEvents = info.flag(u"sendInitialEvents"_s);
    if (*version > 0 && !plan.initialEvents)
        plan.from = *version;
    plan.bookmarks = info.flag(u"allowWatchBookmarks"_s);
    constexpr quint64 longest = 24 * 3600;
    plan.timeoutSeconds = *timeout > 0 ? static_cast<int>(qMin(*timeout, longest)) : DefaultWatchSeconds;
    return plan;
}

} // namespace Fairlead::Demo
