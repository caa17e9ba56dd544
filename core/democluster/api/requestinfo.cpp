#include "core/democluster/api/requestinfo.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {
namespace {

QString verbOf(const QByteArray &method)
{
    if (method == "POST")
        return u"create"_s;
    if (method == "PUT")
        return u"update"_s;
    if (method == "PATCH")
        return u"patch"_s;
    if (method == "DELETE")
        return u"delete"_s;
    return u"get"_s;
}

/// Takes the parts behind the version apart.
void readResourceParts(RequestInfo &info, QStringList parts)
{
    if (parts.size() >= 3 && parts.first() == "namespaces"_L1) {
        info.nameSpace = parts.at(1);
        parts = parts.mid(2);
    } else if (parts.size() == 2 && parts.first() == "namespaces"_L1) {
        info.nameSpace = parts.at(1); // so that a role in a namespace can allow to get the namespace itself
    }
    info.resource = parts.value(0);
    info.name = parts.value(1);
    info.subresource = parts.value(2);
    info.rest = parts.mid(3);
}

void refineVerb(RequestInfo &info, const QByteArray &method)
{
    info.verb = verbOf(method);
    if (info.verb == "get"_L1 && info.subresource.isEmpty() && info.flag(u"watch"_s))
        info.verb = u"watch"_s;
    else if (info.verb == "get"_L1 && info.name.isEmpty())
        info.verb = u"list"_s;
    else if (info.verb == "delete"_L1 && info.name.isEmpty())
        info.verb = u"deletecollection"_s;
}

} // namespace

QString RequestInfo::parameter(const QString &key) const
{
    // Go's form encoding writes a space as '+', which QUrlQuery leaves alone.
    QString raw = query.queryItemValue(key, QUrl::FullyEncoded);
    return QUrl::fromPercentEncoding(raw.replace(u'+', u' ').toUtf8());
}

bool RequestInfo::flag(const QString &key) const
{
    const QString value = parameter(key);
    return value == "1"_L1 || value == "true"_L1;
}

AccessAttributes RequestInfo::attributes() const
{
    if (!isResource)
        return {verb, {}, {}, {}, {}, {}, path};
    return {verb, group, resource, subresource, nameSpace, name, path};
}

RequestInfo readRequestInfo(const QByteArray &method, const QByteArray &target)
{
    const qsizetype mark = target.indexOf('?');
    const QByteArray rawPath = target.first(mark < 0 ? target.size() : mark);
    RequestInfo info;
    info.path = QUrl::fromPercentEncoding(rawPath);
    if (mark >= 0)
        info.query.setQuery(QString::fromLatin1(target.mid(mark + 1)));
    QStringList parts;
    for (const QByteArray &part : rawPath.split('/')) {
        if (!part.isEmpty())
            parts << QUrl::fromPercentEncoding(part);
    }
    info.verb = QString::fromLatin1(method).toLower();
    const bool isCore = parts.value(0) == "api"_L1;
    const qsizetype prefix = isCore ? 2 : 3;
    if ((!isCore && parts.value(0) != "apis"_L1) || parts.size() <= prefix)
        return info;
    info.isResource = true;
    info.group = isCore ? QString() : parts.at(1);
    info.version = parts.at(prefix - 1);
    readResourceParts(info, parts.mid(prefix));
    refineVerb(info, method);
    return info;
}

} // namespace Fairlead::Demo
