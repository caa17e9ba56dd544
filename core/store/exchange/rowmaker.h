#pragma once

#include "core/store/exchange/imported.h"

#include <optional>

namespace Fairlead::Store {

/// Makes one row out of what a foreign file says of a forward, by the rules that all formats share: what Kubernetes
/// cannot have as a name skips the row, what Fairlead cannot do the same way changes it, each with a sentence.
class RowMaker final
{
public:
    explicit RowMaker(int line = 0, int column = 0);
    explicit RowMaker(const Kube::YamlNode &node);
    /// Begins with what only Fairlead knows of a forward; all else has to be set, and is checked, as ever.
    RowMaker(const Kube::YamlNode &node, const SavedForward &forward);

    /// What the row is called; unless said, its name or its target.
    void setSource(const QString &source);
    void setName(const QString &name);
    void setContext(const QString &context);
    void setServer(const QString &server);
    void setNamespace(const QString &name);
    /// In kubectl's words: NAME, TYPE/NAME.
    void setTarget(const QString &text);
    void setTarget(Kube::TargetRef::Kind kind, const QString &name);
    /// In kubectl's words: REMOTE, LOCAL:REMOTE, :REMOTE.
    void addPort(const QString &argument);
    /// Numbers or, for `remote`, names. An empty or zero local port is any free one.
    void addPort(const QString &local, const QString &remote);
    /// Each of them may be several with commas between. An empty one is not one.
    void setAddresses(const QStringList &addresses);
    /// Whether it ran there.
    void setRunning(bool running) { m_forward.running = running; }
    void setUrl(const QString &url) { m_forward.spec.about.url = url; }

    /// Something to know that changes nothing.
    void remark(const QString &sentence);
    void change(const QString &sentence);
    void skip(const QString &sentence);
    [[nodiscard]] bool isSkipped() const { return m_row.fate == ImportedRow::Fate::Skipped; }

    /// A problem (see Fields) skips it and is its place.
    [[nodiscard]] ImportedRow finish(const std::optional<ProfileError> &problem = {}, const UnknownFields &rest = {});

private:
    void checkWhole();
    void addAddress(const QString &address, QStringList &addresses);

    ImportedRow m_row;
    SavedForward m_forward;
    QString m_triedTarget; ///< as written
};

} // namespace Fairlead::Store
