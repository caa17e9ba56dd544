#include "core/kube/config/authprovidercheck.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

using Stage = ConfigProblem::Stage;

/// client-go 1.26 and later refuse these two by name.
ConfigProblem removedProvider(const QString &place, const QString &name, const QString &plugin, const QString &goPlugin,
                              const QString &goLink)
{
    return {Stage::Connect,
            Text::tr("%1: the auth-provider \"%2\" has been removed from Kubernetes clients. Configure the sign-in "
                     "plugin %3 instead.",
                     "%1 file and user, %3 name of a program")
                .arg(place, name, plugin),
            u"The %1 auth plugin has been removed.\nPlease use the %2 kubectl/client-go credential plugin instead.\n"
            "See %3 for further details"_s.arg(name, goPlugin, goLink)};
}

std::optional<ConfigProblem> oidcProblem(const QString &place, const AuthProvider &provider)
{
    for (const QString &field : {u"idp-issuer-url"_s, u"client-id"_s}) {
        if (provider.config.value(field).isEmpty())
            return ConfigProblem{
                Stage::Connect,
                Text::tr("%1: auth-provider oidc: its config has no %2. Add it.", "%1 file and user, %2 field")
                    .arg(place, field),
                u"Must provide "_s + field};
    }
    return std::nullopt;
}

} // namespace

std::optional<ConfigProblem> authProviderProblem(const UserEntry &user)
{
    if (!user.authProvider)
        return std::nullopt;
    const QString place = entryPlace(user.file, "user"_L1, user.name);
    const QString &name = user.authProvider->name;
    if (name == "gcp"_L1)
        return removedProvider(place, name, u"gke-gcloud-auth-plugin"_s, u"\"gke-gcloud-auth-plugin\""_s,
                               u"https://cloud.google.com/blog/products/containers-kubernetes/"
                               "kubectl-auth-changes-in-gke"_s);
    if (name == "azure"_L1)
        return removedProvider(place, name, u"kubelogin"_s, u"https://github.com/Azure/kubelogin"_s,
                               u"https://docs.microsoft.com/en-us/azure/aks/kubelogin-authentication"_s);
    if (name == "oidc"_L1)
        return oidcProblem(place, *user.authProvider);
    return ConfigProblem{
        Stage::Connect,
        Text::tr("%1: there is no auth-provider \"%2\". Only oidc is known.", "%1 file and user").arg(place, name),
        u"no Auth Provider found for name \"%1\""_s.arg(name)};
}

} // namespace Fairlead::Kube
