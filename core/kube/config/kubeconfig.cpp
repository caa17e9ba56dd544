#include "core/kube/config/kubeconfig.h"

#include "core/kube/config/connectionresolver.h"
#include "core/kube/config/contextsummary.h"
#include "core/kube/config/kubeconfigdata.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

/// A file that --kubeconfig names must exist; those of the other two sources need not.
ConfigProblem missingFile(const CandidateFile &file)
{
    QString message = Text::tr("%1 (--kubeconfig) does not exist.", "%1 file").arg(file.path);
    if (file.given.startsWith(u'~'))
        message += u' ' + Text::tr("\"~\" is not expanded here; write the whole path.");
    return {ConfigProblem::Stage::Load, message, u"stat %1: no such file or directory"_s.arg(file.given)};
}

void readCandidates(Kubeconfig::Data &data, QList<KubeconfigFile> &files)
{
    for (const CandidateFile &candidate : data.candidates.files) {
        if (!QFileInfo::exists(candidate.path)) {
            if (data.candidates.source == CandidateFiles::Source::Flag)
                data.fileProblems.append(missingFile(candidate));
            continue;
        }
        auto file = readKubeconfigFile(candidate);
        data.fingerprint += candidate.path.toUtf8() + (file ? file->digest : file.error().message.toUtf8());
        if (!file) {
            data.fileProblems.append(file.error());
            continue;
        }
        data.loadedFiles.append(candidate.path);
        files.append(std::move(*file));
    }
}

QStringList pathsOf(const CandidateFiles &candidates)
{
    QStringList paths;
    for (const CandidateFile &file : candidates.files)
        paths += file.path;
    return paths;
}

template <typename Entry>
void addWarnings(const QList<Entry> &entries, QStringList &warnings)
{
    for (const Entry &entry : entries)
        warnings += entry.warnings;
}

} // namespace

LoadOptions LoadOptions::fromSystem(const ConnectionFlags &flags)
{
    LoadOptions options;
    options.kubeconfig = flags.kubeconfig;
    options.environment = QProcessEnvironment::systemEnvironment();
    options.home = options.environment.value(u"HOME"_s, QDir::homePath());
    options.workingDirectory = QDir::currentPath();
    return options;
}

Kubeconfig::Kubeconfig()
    : d(std::make_shared<const Data>())
{
}

Kubeconfig Kubeconfig::load(const LoadOptions &options)
{
    auto data = std::make_shared<Data>();
    data->options = options;
    data->candidates = Kube::candidateFiles(options);
    QList<KubeconfigFile> files;
    readCandidates(*data, files);
    data->merged = mergeKubeconfigs(files);

    Kubeconfig result;
    result.d = data;
    return result;
}

QString Kubeconfig::currentContext() const
{
    return d->merged.currentContext;
}

QList<ContextSummary> Kubeconfig::contexts() const
{
    return summarize(d->merged);
}

QStringList Kubeconfig::namedFiles() const
{
    return Kube::namedFiles(d->merged);
}

Result<ConnectionConfig, QString> Kubeconfig::resolve(const ConnectionFlags &flags) const
{
    const Resolution resolution = inspect(flags);
    if (!resolution.error.isEmpty())
        return Failure{resolution.error};
    return resolution.config;
}

Resolution Kubeconfig::inspect(const ConnectionFlags &flags) const
{
    return resolveConnection(*d, flags);
}

QStringList Kubeconfig::candidateFiles(const LoadOptions &options)
{
    return pathsOf(Kube::candidateFiles(options));
}

QStringList Kubeconfig::candidateFiles() const
{
    return pathsOf(d->candidates);
}

QStringList Kubeconfig::loadedFiles() const
{
    return d->loadedFiles;
}

QStringList Kubeconfig::errors() const
{
    QStringList messages;
    for (const ConfigProblem &problem : d->fileProblems)
        messages += problem.message;
    return messages;
}

QStringList Kubeconfig::warnings() const
{
    QStringList warnings = d->merged.warnings;
    addWarnings(d->merged.clusters, warnings);
    addWarnings(d->merged.users, warnings);
    addWarnings(d->merged.contexts, warnings);
    return warnings;
}

bool Kubeconfig::saysTheSameAs(const Kubeconfig &other) const
{
    return d->fingerprint == other.d->fingerprint && candidateFiles() == other.candidateFiles();
}

} // namespace Fairlead::Kube
