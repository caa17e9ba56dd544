#pragma once

#include "core/kube/config/contextref.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace Fairlead::Kube {
class ContextStore;
}
namespace Fairlead::Store {
class Settings;
}

namespace Fairlead::Ui {

/// Takes kubeconfig files in beside the run's own and lets them go again: checks them, remembers them in the settings,
/// tells the store. What is pasted becomes a file of the program's own, which only this user can read, since it mostly
/// holds secrets. Keeps no state itself, so there may be several. Errors are sentences.
class KubeconfigDesk final
{
public:
    /// An empty folder is that of the user's data.
    KubeconfigDesk(Kube::ContextStore &contexts, Store::Settings &settings, const QString &folder = {});

    /// The contexts that have come in, at least one.
    using Outcome = Result<QList<Kube::ContextRef>, QString>;

    /// Tells the store what former runs remembered.
    void restore();
    [[nodiscard]] Outcome addFile(const QString &path);
    /// What is wrong is named with line and column. The same text twice is one file.
    [[nodiscard]] Outcome addText(const QByteArray &yaml);
    /// A pasted one is deleted, any other file stays where it is.
    void remove(const QString &path);

    /// As remembered, in the order in which they came.
    [[nodiscard]] QStringList files() const;
    /// Made by addText(): remove() deletes it.
    [[nodiscard]] bool isPasted(const QString &path) const;

private:
    [[nodiscard]] Outcome take(const QString &path);
    [[nodiscard]] Result<QString, QString> storePrivately(const QByteArray &yaml, const QString &name) const;
    [[nodiscard]] QString pastedBefore(const QByteArray &yaml) const;

    Kube::ContextStore &m_contexts;
    Store::Settings &m_settings;
    QString m_folder;
};

} // namespace Fairlead::Ui
