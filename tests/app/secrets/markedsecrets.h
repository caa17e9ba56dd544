#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace Fairlead::Test {

/// Secrets that can be told from everything else, and the search for them: as they are, and inside base64 (a basic
/// authorization, a kubeconfig's data, a JWT's claims), wherever they begin there.
class MarkedSecrets
{
public:
    /// A new one that reads like `what`: letters and digits only, so that no quoting changes it.
    QByteArray make(const QByteArray &what);
    /// One that somebody else made, such as a line of a key.
    void add(const QByteArray &what, const QByteArray &secret);
    /// What of it is in `bytes`; empty: nothing.
    [[nodiscard]] QStringList foundIn(const QByteArray &bytes) const;
    /// The same for a failure's words: what was found, and the lines that hold it.
    [[nodiscard]] QString leakIn(const QByteArray &bytes) const;
    /// In the content and the names of all files below, links not followed; "FILE: WHAT".
    [[nodiscard]] QStringList foundBelow(const QString &folder) const;
    [[nodiscard]] qsizetype count() const { return m_marks.size(); }

private:
    struct Mark {
        QByteArray what;
        QByteArrayList forms;
    };
    QList<Mark> m_marks;
};

} // namespace Fairlead::Test
