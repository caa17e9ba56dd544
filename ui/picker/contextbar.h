#pragma once

#include "core/kube/config/kubeconfig.h"
#include "core/kube/objects/objects.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace Fairlead::Ui {

class ContextChooser;
class ContextMarks;
class ContextsModel;

/// Where to look: a context, and a namespace of it. The namespace can be typed, with completion: where the user may not
/// list namespaces, typing is the only way.
class ContextBar final : public QWidget
{
    Q_OBJECT

public:
    explicit ContextBar(QWidget *parent = nullptr);

    /// Contexts with a problem are listed too, with the problem beside them.
    void setContexts(const QList<Kube::ContextSummary> &contexts, const Kube::ContextRef &current);
    /// Must outlive the bar.
    void setMarks(const ContextMarks &marks);
    /// Empties the list; `current` is shown until a list comes and after.
    void startNamespaces(const QString &current);
    void setNamespaces(const QList<Kube::NamespaceRow> &namespaces);
    /// What the server lists are the projects of OpenShift that the user sees, and not all namespaces. Until the next
    /// startNamespaces().
    void setProjects();
    /// In place of the server's list: what is known from elsewhere.
    void setTypedNamespaces(const QStringList &names);

    [[nodiscard]] Kube::ContextRef context() const;
    /// Empty: all of them.
    [[nodiscard]] QString namespaceName() const { return m_namespaceName; }
    void focusNamespace();

signals:
    void contextChosen(const Fairlead::Kube::ContextRef &context);
    /// `typed`: by hand and not in the list.
    void namespaceChosen(const QString &namespaceName, bool typed);
    /// Enter was pressed in the namespace field: the next thing is the pods.
    void finished();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void nameNamespaces(bool projects);
    void fillNamespaces(const QStringList &names, bool withAll);
    void showNamespace();
    void takeNamespace();
    void finish();
    void updateToolTip();

    ContextsModel *m_contexts;
    ContextChooser *m_context;
    QComboBox *m_namespace;
    QLabel *m_namespaceLabel;
    QString m_namespaceName;
    bool m_projects = false;
};

} // namespace Fairlead::Ui
