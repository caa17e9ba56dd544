#pragma once

#include "ui/picker/servicesfilter.h"
#include "ui/picker/servicesmodel.h"

#include <QWidget>

class QLineEdit;
class QStackedWidget;
class QTreeView;

namespace Fairlead::Ui {

class Placeholder;

/// The services of a namespace in a table, or a placeholder that says why there are none. The filter field stands
/// elsewhere: whoever makes this puts it into a layout.
class ServicesPane final : public QWidget
{
    Q_OBJECT

public:
    explicit ServicesPane(QWidget *parent = nullptr);

    [[nodiscard]] QLineEdit *filterField() const { return m_filterField; }
    /// Null if none is selected.
    [[nodiscard]] const Kube::ServiceInfo *currentService() const;

    /// A listing begins; an empty name means all namespaces.
    void start(const QString &namespaceName);
    void setServices(const QList<Kube::ServiceInfo> &services);
    /// Instead of a list, as long as there is none: why.
    void showFailure(const QString &title, const QString &text);

signals:
    /// Another service is selected, or none, or the selected one is different now.
    void currentChanged();
    void forwardWanted();
    void optionsWanted();

private:
    void setUpTable();
    void filterTyped(const QString &text);
    void refresh();
    void selectSomething();
    void updatePlaceholder();

    enum class Phase { Loading, Complete, Failed };

    ServicesModel m_services;
    ServicesFilter m_filter;
    QLineEdit *m_filterField;
    QStackedWidget *m_pages;
    QTreeView *m_table;
    Placeholder *m_placeholder;
    Phase m_phase = Phase::Loading;
    QString m_namespaceName;
    bool m_userSelected = false; ///< the selection is the user's own and stays; else it is the best match
};

} // namespace Fairlead::Ui
