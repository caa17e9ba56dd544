#pragma once

#include "ui/picker/podsfilter.h"
#include "ui/picker/podsmodel.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedWidget;
class QTimer;
class QTreeView;

namespace Fairlead::Ui {

class Placeholder;

/// The pods of a namespace in a table with a filter, or a placeholder that says why there are none. The filter field
/// and the progress line stand elsewhere: whoever makes this puts them into a layout.
class PodsPane final : public QWidget
{
    Q_OBJECT

public:
    explicit PodsPane(QWidget *parent = nullptr);

    [[nodiscard]] QLineEdit *filterField() const { return m_filterField; }
    [[nodiscard]] QLabel *progressLine() const { return m_progress; }
    [[nodiscard]] const PodsModel &pods() const { return m_pods; }
    /// Null if none is selected.
    [[nodiscard]] const Kube::PodRow *currentPod() const;

    /// A listing begins; an empty name means all namespaces.
    void start(const QString &namespaceName);
    void merge(const QList<Fairlead::Kube::PodRow> &rows, const QStringList &removed);
    void setProgress(int loaded, int expected, bool complete);
    /// Instead of a list: there is nothing to list, with the reason.
    void showNothing(const QString &picture, const QString &title, const QString &text, const QString &action);

signals:
    /// Another pod is selected, or none.
    void currentChanged();
    /// Enter, or a double click on a pod.
    void forwardWanted();
    /// Ctrl+Enter.
    void optionsWanted();
    /// The button of showNothing().
    void actionTriggered();

private:
    void setUpTable();
    void filterTyped(const QString &text);
    void selectSomething();
    void updateProgress();
    void updatePage();
    void updatePlaceholder();
    [[nodiscard]] QString progressText() const;

    enum class Phase { Nothing, Loading, Complete };

    PodsModel m_pods;
    PodsFilter m_filter;
    QLineEdit *m_filterField;
    QLabel *m_progress;
    QStackedWidget *m_pages;
    QTreeView *m_table;
    Placeholder *m_placeholder;
    QTimer *m_ageTimer;
    Phase m_phase = Phase::Nothing;
    QString m_namespaceName;
    int m_expected = -1;
    bool m_userSelected = false; ///< the selection is the user's own and stays; else it is the best match
};

} // namespace Fairlead::Ui
