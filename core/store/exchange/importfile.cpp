#include "core/store/exchange/importfile.h"

#include "core/kube/config/filebytes.h"

#include <QCoreApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

/// Lens has its list of clusters beside the folder of its files.
QByteArray lensClustersBeside(const QFileInfo &file)
{
    if (file.suffix() != "json"_L1)
        return {};
    const auto bytes =
        Kube::readFileBytes(file.absolutePath() + u"/../lens-cluster-store.json"_s, qint64(MaxImportBytes));
    return bytes ? *bytes : QByteArray();
}

} // namespace

Result<Imported, ProfileError> importFile(const QString &path, std::optional<Format> format)
{
    const auto bytes = Kube::readFileBytes(path, MaxImportBytes);
    if (!bytes)
        return Failure{ProfileError{0, 0, Text::tr("It cannot be read: %1.").arg(bytes.error().text)}};
    const QFileInfo file(path);
    return importForwards(*bytes, format, {file.fileName(), lensClustersBeside(file)});
}

} // namespace Fairlead::Store
