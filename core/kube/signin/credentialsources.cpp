#include "core/kube/signin/credentialsource.h"
#include "core/kube/signin/execcredential.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QHash>
#include <QIODevice>

namespace Fairlead::Kube {

namespace {

/// A program that a user has open for weeks while kubeconfigs change: those that nobody uses go.
constexpr qsizetype MostKept = 64;
constexpr int UnattendedMs = 180'000; // plugins may open a browser and wait for its user

struct Sources {
    std::mutex mutex;
    QHash<QByteArray, std::shared_ptr<CredentialSource>> byKey;
    PluginManners manners{PluginManners::Input::None, false, UnattendedMs};
};

Sources &sources()
{
    static Sources all;
    return all;
}

/// Equal for all who would get the same credentials. A digest, since settings may hold secrets.
QByteArray keyOf(const ConnectionConfig &config)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    if (config.exec) {
        const ExecPlugin &plugin = *config.exec;
        out << plugin.command << plugin.arguments << plugin.environment << plugin.apiVersion << plugin.installHint
            << plugin.interactiveMode;
        if (plugin.provideClusterInfo)
            out << execInfo(config, false);
    } else {
        out << config.authProvider->name << config.authProvider->config;
    }
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

void dropUnused(Sources &all)
{
    if (all.byKey.size() < MostKept)
        return;
    all.byKey.removeIf([](const auto &item) { return item.value().use_count() == 1; });
}

} // namespace

std::shared_ptr<CredentialSource> credentialSourceFor(const ConnectionConfig &config)
{
    if (!config.exec && !config.authProvider)
        return {};
    const QByteArray key = keyOf(config);
    Sources &all = sources();
    const std::lock_guard lock(all.mutex);
    std::shared_ptr<CredentialSource> &source = all.byKey[key];
    if (!source) {
        source = std::make_shared<CredentialSource>(config);
        const auto made = source; // so that it counts as used
        dropUnused(all);
        return made;
    }
    return source;
}

void setPluginManners(const PluginManners &manners)
{
    Sources &all = sources();
    const std::lock_guard lock(all.mutex);
    all.manners = manners;
}

PluginManners pluginManners()
{
    Sources &all = sources();
    const std::lock_guard lock(all.mutex);
    return all.manners;
}

} // namespace Fairlead::Kube
