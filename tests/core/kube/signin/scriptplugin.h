#pragma once

#include "core/kube/config/connectionconfig.h"

#include <QTemporaryDir>

namespace Fairlead::Test {

/// A sign-in plugin that is a shell script in a folder of its own, and counts its runs in a file there.
class ScriptPlugin final
{
public:
    /// `body`: what it does after counting; $DIR is its folder, $RUNS the number of this run.
    explicit ScriptPlugin(const QByteArray &body);

    void rewrite(const QByteArray &body);
    [[nodiscard]] Kube::ExecPlugin settings() const;
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("get-token")); }
    [[nodiscard]] int runs() const;
    /// What the script wrote into a file of its folder; empty: nothing yet.
    [[nodiscard]] QByteArray wrote(const QString &name) const;
    [[nodiscard]] QString folder() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
};

/// A shell line that prints an ExecCredential of v1 with this status.
[[nodiscard]] QByteArray printStatus(const QByteArray &status);

} // namespace Fairlead::Test
