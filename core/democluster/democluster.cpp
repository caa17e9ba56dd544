#include "core/democluster/democluster.h"

#include "core/democluster/api/jsonpatch.h"
#include "core/democluster/control/clusterworld.h"
#include "core/democluster/server/clusterserver.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QThread>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

/// Owns the thread; world and server live and die in it.
class DemoCluster::Private
{
public:
    QThread thread;
    QObject *context = nullptr; ///< lives in the thread; calls go there through it
    std::unique_ptr<ClusterWorld> world;
    std::unique_ptr<ClusterServer> server;
    std::unique_ptr<QTemporaryDir> folder;
    QString kubeconfig;
    QString url;

    [[nodiscard]] Result<QString, QString> chooseKubeconfig(const Options &options);
    void startThread();
    void stopThread();
    [[nodiscard]] Result<QString, QString> build(const Options &options, const QString &kubeconfigPath);
    [[nodiscard]] std::optional<ApiObject> find(const QString &kind, const QString &nameSpace,
                                                const QString &name) const;

    /// What `action` answers in the cluster's thread; `otherwise` while there is none.
    template <typename Answer, typename Action>
    [[nodiscard]] Answer ask(Answer otherwise, Action action) const
    {
        if (!server)
            return otherwise;
        Answer answer = std::move(otherwise);
        QMetaObject::invokeMethod(
            context, [&] { answer = action(); }, Qt::BlockingQueuedConnection);
        return answer;
    }
};

Result<QString, QString> DemoCluster::Private::chooseKubeconfig(const Options &options)
{
    if (!options.kubeconfigOut.isEmpty())
        return options.kubeconfigOut;
    folder = std::make_unique<QTemporaryDir>(); // made with mode 0700
    if (!folder->isValid()) {
        return Failure{QCoreApplication::translate("DemoCluster", "Cannot make a temporary folder: %1")
                           .arg(folder->errorString())};
    }
    return folder->filePath(u"kubeconfig"_s);
}

void DemoCluster::Private::startThread()
{
    thread.setObjectName(u"democluster"_s);
    context = new QObject;
    context->moveToThread(&thread);
    QObject::connect(&thread, &QThread::finished, context, &QObject::deleteLater);
    thread.start();
}

void DemoCluster::Private::stopThread()
{
    if (!thread.isRunning())
        return;
    QMetaObject::invokeMethod(
        context,
        [this] {
            server.reset();
            world.reset();
        },
        Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
    context = nullptr;
}

Result<QString, QString> DemoCluster::Private::build(const Options &options, const QString &kubeconfigPath)
{
    const Clock &clock = SystemClock::instance();
    Result<Declared, QString> declared = Declared();
    if (!options.podsFile.isEmpty())
        declared = readPodsFile(options.podsFile, clock.now());
    if (!declared)
        return Failure{declared.error()};
    world = std::make_unique<ClusterWorld>(clock, options.pace);
    world->fill(*declared, {options.fakePods, options.fakeNamespaces, options.fakeChurn});
    server = std::make_unique<ClusterServer>(*world, clock);
    Result<QString, QString> started = server->start(options, kubeconfigPath);
    url = server->url();
    return started;
}

std::optional<ApiObject> DemoCluster::Private::find(const QString &kind, const QString &nameSpace,
                                                    const QString &name) const
{
    const ResourceType *type = findResourceTypeByWord(kind);
    const ApiObject *object = type ? world->store().findObject(*type, nameSpace, name) : nullptr;
    return object ? std::optional(*object) : std::nullopt;
}

DemoCluster::DemoCluster()
    : d(std::make_unique<Private>())
{
}

DemoCluster::~DemoCluster()
{
    stop();
}

Result<QString, QString> DemoCluster::start(const Options &options)
{
    stop();
    const Result<QString, QString> path = d->chooseKubeconfig(options);
    if (!path)
        return Failure{path.error()};
    d->startThread();
    Result<QString, QString> started = QString();
    QMetaObject::invokeMethod(
        d->context, [&] { started = d->build(options, *path); }, Qt::BlockingQueuedConnection);
    if (started)
        d->kubeconfig = *started;
    else
        stop();
    return started;
}

void DemoCluster::stop()
{
    d->stopThread();
    d->folder.reset();
    d->kubeconfig.clear();
    d->url.clear();
}

QString DemoCluster::kubeconfigPath() const
{
    return d->kubeconfig;
}

QString DemoCluster::serverUrl() const
{
    return d->url;
}

bool DemoCluster::deletePod(const QString &nameSpace, const QString &name, int graceMs)
{
    return d->ask(false, [&] { return d->world->editor().deletePod(nameSpace, name, graceMs); });
}

bool DemoCluster::scale(const QString &kind, const QString &nameSpace, const QString &name, int replicas)
{
    return patch(kind, nameSpace, name, {{u"spec"_s, QJsonObject{{u"replicas"_s, replicas}}}});
}

bool DemoCluster::roll(const QString &kind, const QString &nameSpace, const QString &name)
{
    return d->ask(false, [&] {
        const auto object = d->find(kind, nameSpace, name);
        return object && d->world->editor().restart(*object).hasValue();
    });
}

bool DemoCluster::patch(const QString &kind, const QString &nameSpace, const QString &name, const QJsonObject &change)
{
    return d->ask(false, [&] {
        const auto object = d->find(kind, nameSpace, name);
        return object && d->world->editor().replace(*object, mergePatch(object->body, change).toObject()).hasValue();
    });
}

bool DemoCluster::restartContainer(const QString &nameSpace, const QString &pod)
{
    return d->ask(false, [&] { return d->world->agent().restartContainer(nameSpace, pod); });
}

bool DemoCluster::setPodReady(const QString &nameSpace, const QString &pod, bool ready)
{
    return d->ask(false, [&] { return d->world->agent().setReady(nameSpace, pod, ready); });
}

bool DemoCluster::setNodeAnswers(const QString &nameSpace, const QString &pod, bool answers)
{
    return d->ask(false, [&] { return d->world->agent().setNodeAnswers(nameSpace, pod, answers); });
}

QStringList DemoCluster::podsOf(const QString &kind, const QString &nameSpace, const QString &name,
                                bool readyOnly) const
{
    return d->ask(QStringList(), [&] {
        const auto object = d->find(kind, nameSpace, name);
        return object ? d->world->podsOf(*object, readyOnly) : QStringList();
    });
}

void DemoCluster::takeServerDown()
{
    (void)d->ask(false, [&] {
        d->server->takeDown();
        return true;
    });
}

Result<QString, QString> DemoCluster::bringServerUp()
{
    const Result<QString, QString> notStarted =
        Failure{QCoreApplication::translate("DemoCluster", "The demo cluster has not been started.")};
    return d->ask(notStarted, [&] { return d->server->bringUp(); });
}

void DemoCluster::setBlackHole(bool on)
{
    (void)d->ask(false, [&] {
        d->server->setBlackHole(on);
        return true;
    });
}

void DemoCluster::setCarriers(Carriers carriers)
{
    (void)d->ask(false, [&] {
        d->server->setCarriers(carriers);
        return true;
    });
}

int DemoCluster::disturbUpgraded(Disturbance disturbance)
{
    return d->ask(0, [&] { return d->server->disturbUpgraded(disturbance); });
}

Traffic DemoCluster::traffic() const
{
    return d->ask(Traffic(), [&] { return d->server->traffic(); });
}

} // namespace Fairlead::Demo
