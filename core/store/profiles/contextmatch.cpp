#include "core/store/profiles/contextmatch.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Store::ContextMatch)
};

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

QString remarkOn(const ContextMatch &match, const SavedForward &saved)
{
    using Kind = ContextMatch::Kind;
    switch (match.kind) {
    case Kind::Same:
        return {};
    case Kind::Renamed:
        return Text::tr("Context \"%1\" of the profile is called \"%2\" here: it leads to the same server.")
            .arg(saved.spec.context, match.context);
    case Kind::OtherServer:
        return Text::tr("Context \"%1\" leads to another server here than %2, which the profile was saved for.")
            .arg(saved.spec.context, saved.server);
    case Kind::Ambiguous:
        return Text::tr("There is no context \"%1\" here, and several lead to its server: %2. Write one of them into "
                        "the profile.")
            .arg(saved.spec.context, match.candidates.join(u", "_s));
    case Kind::Missing:
        return Text::tr("There is no context \"%1\" here, and none leads to %2.")
            .arg(saved.spec.context, saved.server.isEmpty() ? Text::tr("its server") : saved.server);
    }
    return {};
}

QString presetNamespace(const QString &context, const QList<KnownContext> &known)
{
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const KnownContext &one) { return one.name == context; });
    return found == known.end() || found->namespaceName.isEmpty() ? u"default"_s : found->namespaceName;
}

} // namespace Fairlead::Store
