#include "core/store/profiles/contextmatch.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

/// "https://API.example:443/" and "https://api.example" are one server.
QString comparable(const QString &server)
{
    QUrl url(server, QUrl::TolerantMode);
    if (url.port() == (url.scheme() == "http"_L1 ? 80 : 443))
        url.setPort(-1);
    if (url.path() == "/"_L1)
        url.setPath({});
    return url.adjusted(QUrl::StripTrailingSlash | QUrl::NormalizePathSegments).toString(QUrl::FullyEncoded);
}

} // namespace

ContextMatch matchContext(const SavedForward &saved, const QList<KnownContext> &known)
{
    using Kind = ContextMatch::Kind;
    const QString name = saved.spec.context;
    if (name.isEmpty() && saved.server.isEmpty())
        return {Kind::Same, name, {}};
    const QString server = saved.server.isEmpty() ? QString() : comparable(saved.server);
    bool nameIsKnown = false;
    QStringList others;
    for (const KnownContext &context : known) {
        const bool sameServer = !server.isEmpty() && comparable(context.server) == server;
        if (context.name == name && (server.isEmpty() || sameServer))
            return {Kind::Same, name, {}};
        nameIsKnown = nameIsKnown || context.name == name;
        if (sameServer)
            others << context.name;
    }
    if (others.size() == 1)
        return {Kind::Renamed, others.first(), {}};
    if (others.size() > 1)
        return {Kind::Ambiguous, {}, others};
    if (nameIsKnown)
        return {Kind::OtherServer, name, {}};
    return {};
}

} // namespace Fairlead::Store
