#include "core/democluster/democluster.h"

#include "core/democluster/server/clusterserver.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QThread>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

/// Owns the thread; the server lives and dies in it.
class DemoCluster::Private
{
public:
    QThread thread;
    QObject *context = nullptr; ///< lives in the thread; calls go there through it
    std::unique_ptr<ClusterServer> server;
    std::unique_ptr<QTemporaryDir> folder;
    QString kubeconfig;
    QString url;

    [[nodiscard]] Result<QString, QString> chooseKubeconfig(const Options &options);
    void startThread();
    void stopThread();
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
        context, [this] { server.reset(); }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
    context = nullptr;
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
        d->context,
        [this, &options, &path, &started] {
            d->server = std::make_unique<ClusterServer>(SystemClock::instance());
            started = d->server->start(options, *path);
            d->url = d->server->url();
        },
        Qt::BlockingQueuedConnection);
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

} // namespace Fairlead::Demo
