#include "core/store/profiles/contextmatch.h"

#include <QUrl>

#include <algorithm>

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
    const KnownContext *ofThatName = nullptr;
    QList<const KnownContext *> ofThatServer;
    for (const KnownContext &context : known) {
        const bool sameServer = !server.isEmpty() && comparable(context.server) == server;
        if (context.name == name && (server.isEmpty() || sameServer))
            return {Kind::Same, name, {}, context.kubeconfig};
        if (context.name == name && !ofThatName)
            ofThatName = &context;
        if (sameServer)
            ofThatServer << &context;
    }
    if (ofThatServer.size() == 1)
        return {Kind::Renamed, ofThatServer.first()->name, {}, ofThatServer.first()->kubeconfig};
    if (ofThatServer.size() > 1) {
        QStringList names;
        for (const KnownContext *context : ofThatServer)
            names << context->name;
        return {Kind::Ambiguous, {}, names, {}};
    }
    if (ofThatName)
        return {Kind::OtherServer, name, {}, ofThatName->kubeconfig};
    return {};
}

QString presetNamespace(const QString &context, const QList<KnownContext> &known)
{
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const KnownContext &one) { return one.name == context; });
    return found == known.end() || found->namespaceName.isEmpty() ? u"default"_s : found->namespaceName;
}

} // namespace Fairlead::Store
