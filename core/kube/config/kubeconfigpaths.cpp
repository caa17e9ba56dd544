#include "core/kube/config/kubeconfigpaths.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

QList<CandidateFile> filesOfVariable(const QString &list, const QString &workingDirectory)
{
    QList<CandidateFile> files;
    for (const QString &given : list.split(QDir::listSeparator(), Qt::SkipEmptyParts)) {
        const bool known = std::ranges::any_of(files, [&](const CandidateFile &file) { return file.given == given; });
        if (!known)
            files.append({given, absolutePath(workingDirectory, given)});
    }
    return files;
}

QList<CandidateFile> filesOfHome(const QString &home)
{
    if (home.isEmpty())
        return {};
    const QString path = absolutePath(home, u".kube/config"_s);
    QList<CandidateFile> files{{path, path}};
    // The place before Kubernetes 1.0. kubectl copies it to the new one; reading it where it is does the same.
    const QString legacy = absolutePath(home, u".kube/.kubeconfig"_s);
    if (!QFileInfo::exists(path) && QFileInfo::exists(legacy))
        files.append({legacy, legacy});
    return files;
}

} // namespace

CandidateFiles candidateFiles(const LoadOptions &options)
{
    const QString explicitFile = options.kubeconfig.value_or(QString());
    if (!explicitFile.isEmpty())
        return {CandidateFiles::Source::Flag, {{explicitFile, absolutePath(options.workingDirectory, explicitFile)}}};
    const QString variable = options.environment.value(u"KUBECONFIG"_s);
    if (!variable.isEmpty())
        return {CandidateFiles::Source::Environment, filesOfVariable(variable, options.workingDirectory)};
    return {CandidateFiles::Source::Home, filesOfHome(options.home)};
}

QString absolutePath(const QString &directory, const QString &path)
{
    if (path.isEmpty())
        return {};
    return QDir::cleanPath(QDir::isAbsolutePath(path) ? path : directory + u'/' + path);
}

} // namespace Fairlead::Kube
