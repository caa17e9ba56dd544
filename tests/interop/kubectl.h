#pragma once

#include <QDir>
#include <QFileInfo>
#include <QList>
#include <QStandardPaths>
#include <QString>

/// A real kubectl to test with.
struct Kubectl {
    QString name; ///< "kubectl-1.35", or "kubectl" for the machine's own
    QString path;
};

/// Those that packaging/fetch-kubectl has brought, else the machine's own; empty when there is none at all.
inline QList<Kubectl> availableKubectls()
{
    QList<Kubectl> found;
    const QDir tools(QStringLiteral(FAIRLEAD_KUBECTL_DIR));
    const QFileInfoList files = tools.entryInfoList({QStringLiteral("kubectl-*")}, QDir::Files | QDir::Executable);
    for (const QFileInfo &file : files)
        found.append({file.fileName(), file.filePath()});
    if (const QString own = QStandardPaths::findExecutable(QStringLiteral("kubectl"));
        found.isEmpty() && !own.isEmpty())
        found.append({QStringLiteral("kubectl"), own});
    return found;
}
