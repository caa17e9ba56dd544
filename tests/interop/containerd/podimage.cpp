#include "podimage.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace PodImage {
namespace {

QString tar(const QString &directory, const QString &archive, const QStringList &files)
{
    QProcess process;
    process.start(u"tar"_s, QStringList{u"-C"_s, directory, u"-cf"_s, QDir(directory).filePath(archive)} + files);
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return u"tar: "_s + QString::fromLocal8Bit(process.readAllStandardError());
    return {};
}

bool writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

QByteArray sha256Of(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return hash.result().toHex();
}

/// The machine's name as Go, and with it every container tool, spells it.
QString goArchitecture()
{
    const QString machine = QSysInfo::currentCpuArchitecture();
    return machine == u"x86_64"_s ? u"amd64"_s : machine;
}

QByteArray configuration(const QString &program, const QByteArray &layerHash)
{
    const QJsonObject rootfs{
        {u"type"_s, u"layers"_s},
        {u"diff_ids"_s, QJsonArray{QString(u"sha256:"_s + QString::fromLatin1(layerHash))}},
    };
    return QJsonDocument(QJsonObject{
                             {u"architecture"_s, goArchitecture()},
                             {u"os"_s, u"linux"_s},
                             {u"config"_s, QJsonObject{{u"Entrypoint"_s, QJsonArray{QString(u'/' + program)}}}},
                             {u"rootfs"_s, rootfs},
                         })
        .toJson();
}

QByteArray manifest(const QString &name)
{
    return QJsonDocument(QJsonArray{QJsonObject{
                             {u"Config"_s, u"config.json"_s},
                             {u"RepoTags"_s, QJsonArray{name}},
                             {u"Layers"_s, QJsonArray{u"layer.tar"_s}},
                         }})
        .toJson();
}

} // namespace

QString write(const QString &directory, const QString &name, const QString &program)
{
    const QDir dir(directory);
    const QString inside = u"podserver"_s;
    if (!QFile::copy(program, dir.filePath(inside)))
        return u"cannot copy "_s + program;
    if (const QString error = tar(directory, u"layer.tar"_s, {inside}); !error.isEmpty())
        return error;
    const QByteArray config = configuration(inside, sha256Of(dir.filePath(u"layer.tar"_s)));
    if (!writeFile(dir.filePath(u"config.json"_s), config)
        || !writeFile(dir.filePath(u"manifest.json"_s), manifest(name)))
        return u"cannot write into "_s + directory;
    return tar(directory, u"image.tar"_s, {u"layer.tar"_s, u"config.json"_s, u"manifest.json"_s});
}

} // namespace PodImage
