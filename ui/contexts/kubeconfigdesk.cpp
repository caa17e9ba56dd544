#include "ui/contexts/kubeconfigdesk.h"

#include "core/kube/config/contextstore.h"
#include "core/kube/config/filebytes.h"
#include "core/kube/config/kubeconfigfile.h"
#include "core/store/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(KubeconfigDesk)
};

QString ownFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + "/kubeconfigs"_L1;
}

/// A kubeconfig without contexts leads nowhere; to say nothing and to list nothing would look like a fault.
Result<Kube::KubeconfigFile, QString> checked(const QByteArray &yaml, const QString &place)
{
    const auto file = Kube::parseKubeconfig(yaml, {place, place});
    if (!file)
        return Failure{file.error().message};
    if (file->contexts.isEmpty())
        return Failure{
            Text::tr("%1: this is not a kubeconfig, or it has no contexts.", "%1 path of a file").arg(place)};
    return *file;
}

/// After the server that it leads to, so that people recognize it: "api.okd.example.yaml".
QString nameFor(const Kube::KubeconfigFile &file)
{
    const QString wanted = file.currentContext.isEmpty() ? file.contexts.first().name : file.currentContext;
    QString cluster;
    for (const Kube::ContextEntry &context : file.contexts) {
        if (context.name == wanted)
            cluster = context.cluster;
    }
    QString host;
    for (const Kube::ClusterEntry &entry : file.clusters) {
        if (entry.name == cluster)
            host = QUrl(entry.server).host();
    }
    static const QRegularExpression unusual(u"[^A-Za-z0-9.-]+"_s);
    QString name = (host.isEmpty() ? wanted : host).left(80);
    name.replace(unusual, u"-"_s);
    while (name.startsWith(u'.') || name.startsWith(u'-'))
        name.remove(0, 1);
    return name.isEmpty() ? u"pasted"_s : name;
}

} // namespace

KubeconfigDesk::KubeconfigDesk(Kube::ContextStore &contexts, Store::Settings &settings, const QString &folder)
    : m_contexts(contexts)
    , m_settings(settings)
    , m_folder(QDir::cleanPath(folder.isEmpty() ? ownFolder() : folder))
{
}

void KubeconfigDesk::restore()
{
    m_contexts.setAddedFiles(files());
}

QStringList KubeconfigDesk::files() const
{
    return m_settings.addedKubeconfigs();
}

bool KubeconfigDesk::isPasted(const QString &path) const
{
    return QFileInfo(path).path() == m_folder;
}

KubeconfigDesk::Outcome KubeconfigDesk::addFile(const QString &path)
{
    const QString absolute = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    const auto bytes = Kube::readFileBytes(absolute, Kube::MaxKubeconfigBytes);
    if (!bytes)
        return Failure{
            Text::tr("%1 cannot be read: %2.", "%1 file, %2 the system's words").arg(absolute, bytes.error().text)};
    if (const auto file = checked(*bytes, absolute); !file)
        return Failure{file.error()};
    return take(absolute);
}

KubeconfigDesk::Outcome KubeconfigDesk::addText(const QByteArray &yaml)
{
    if (yaml.size() > Kube::MaxKubeconfigBytes)
        return Failure{Text::tr("This text is too long for a kubeconfig.")};
    const auto file = checked(yaml, Text::tr("The text", "stands for a file's path before a colon"));
    if (!file)
        return Failure{file.error()};
    if (const QString before = pastedBefore(yaml); !before.isEmpty())
        return take(before);
    const auto path = storePrivately(yaml, nameFor(*file));
    if (!path)
        return Failure{path.error()};
    return take(*path);
}

/// Adds a file that was found to be good.
KubeconfigDesk::Outcome KubeconfigDesk::take(const QString &path)
{
    if (m_contexts.kubeconfig().candidateFiles().contains(path))
        return Failure{Text::tr("%1 is in use already.", "%1 path of a kubeconfig file").arg(path)};
    QStringList all = files();
    if (!all.contains(path)) {
        all += path;
        m_settings.setAddedKubeconfigs(all);
    }
    m_contexts.setAddedFiles(all);
    QList<Kube::ContextRef> added;
    for (const Kube::ContextSummary &context : m_contexts.contexts()) {
        if (context.addedFile == path)
            added += context.ref();
    }
    if (added.isEmpty()) // changed between the look at it and now
        return Failure{Text::tr("%1: this is not a kubeconfig, or it has no contexts.", "%1 path of a file").arg(path)};
    return added;
}

void KubeconfigDesk::remove(const QString &path)
{
    QStringList all = files();
    all.removeAll(path);
    m_settings.setAddedKubeconfigs(all);
    m_contexts.setAddedFiles(all);
    if (isPasted(path))
        QFile::remove(path);
}

QString KubeconfigDesk::pastedBefore(const QByteArray &yaml) const
{
    const QFileInfoList known = QDir(m_folder).entryInfoList(QDir::Files);
    for (const QFileInfo &info : known) {
        QFile file(info.filePath());
        if (info.size() == yaml.size() && file.open(QIODevice::ReadOnly) && file.readAll() == yaml)
            return info.filePath();
    }
    return {};
}

Result<QString, QString> KubeconfigDesk::storePrivately(const QByteArray &yaml, const QString &name) const
{
    QDir().mkpath(m_folder);
    QFile::setPermissions(m_folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    QString path = u"%1/%2.yaml"_s.arg(m_folder, name);
    for (int number = 2; QFileInfo::exists(path); ++number)
        path = u"%1/%2-%3.yaml"_s.arg(m_folder, name).arg(number);
    QSaveFile file(path); // makes its temporary file 0600, before there is anything in it
    const bool written = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(yaml) == yaml.size()
        && file.commit();
    if (!written)
        return Failure{
            Text::tr("%1 cannot be written: %2.", "%1 file, %2 the system's words").arg(path, file.errorString())};
    return path;
}

} // namespace Fairlead::Ui
