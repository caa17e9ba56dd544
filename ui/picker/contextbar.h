#pragma once

#include "core/kube/config/kubeconfig.h"
#include "core/kube/objects/objects.h"

#include <QWidget>

class QComboBox;

namespace Fairlead::Ui {

/// Where to look: a context, and a namespace of it. The namespace can be typed, with completion: where the user may not
/// list namespaces, typing is the only way.
class ContextBar final : public QWidget
{
    Q_OBJECT

public:
    explicit ContextBar(QWidget *parent = nullptr);

    /// Contexts with a problem are listed too, with the problem as their tooltip.
    void setContexts(const QList<Kube::ContextSummary> &contexts, const QString &current);
    /// Empties the list; `current` is shown until a list comes and after.
    void startNamespaces(const QString &current);
    void setNamespaces(const QList<Kube::NamespaceRow> &namespaces);
    /// In place of the server's list: what was typed in former runs.
    void setTypedNamespaces(const QStringList &names);

    [[nodiscard]] QString context() const;
    /// Empty: all of them.
    [[nodiscard]] QString namespaceName() const { return m_namespaceName; }
    void focusNamespace();

signals:
    void contextChosen(const QString &context);
    /// `typed`: by hand and not in the list.
    void namespaceChosen(const QString &namespaceName, bool typed);
    /// Enter was pressed in the namespace field: the next thing is the pods.
    void finished();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fillNamespaces(const QStringList &names, bool withAll);
    void showNamespace();
    void takeNamespace();
    void finish();
    void updateToolTip();

    QComboBox *m_context;
    QComboBox *m_namespace;
    QString m_namespaceName;
};

} // namespace Fairlead::Ui
