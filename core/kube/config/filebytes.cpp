#include "core/kube/config/filebytes.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

constexpr qint64 ChunkSize = 64 * 1024;

FileError errorOf(const QString &verb, const QString &path, const QString &text)
{
    return {text, u"%1 %2: %3"_s.arg(verb, path, text.toLower()), !QFileInfo::exists(path)};
}

} // namespace

Result<QByteArray, FileError> readFileBytes(const QString &path, qint64 limit)
{
    if (QFileInfo(path).isDir())
        return Failure{errorOf(u"read"_s, path, u"Is a directory"_s)};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Failure{errorOf(u"open"_s, path, file.errorString())};
    // Not readAll() and not size(): a pipe has no size, and /dev/zero has no end.
    QByteArray bytes;
    for (QByteArray chunk = file.read(ChunkSize); !chunk.isEmpty() && bytes.size() <= limit;
         chunk = file.read(ChunkSize))
        bytes += chunk;
    if (file.error() != QFileDevice::NoError)
        return Failure{errorOf(u"read"_s, path, file.errorString())};
    if (bytes.size() > limit)
        return Failure{errorOf(u"read"_s, path, Text::tr("More than %n KiB", nullptr, int(limit / 1024)))};
    return bytes;
}

} // namespace Fairlead::Kube
