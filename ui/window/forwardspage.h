#pragma once

#include "core/forward/forwardsnapshot.h"
#include "ui/forwards/forwardsfilter.h"

#include <QSet>
#include <QWidget>

class QSplitter;
class QStackedWidget;
class QTimer;

namespace Fairlead::Store {
class Settings;
}

namespace Fairlead::Ui {

class CategoryModel;
class DetailsPanel;
class ForwardService;
class ForwardsModel;
class ForwardsView;
class MessageArea;
class Placeholder;
class SideBar;

/// The window's content: side bar, notices, the table or the sentence that stands for it, the details below.
class ForwardsPage final : public QWidget
{
    Q_OBJECT

public:
    ForwardsPage(ForwardService &service, ForwardsModel &model, Store::Settings &settings, QWidget *parent = nullptr);
    ~ForwardsPage() override;

    [[nodiscard]] ForwardsView &table() const { return *m_table; }
    [[nodiscard]] DetailsPanel &details() const { return *m_details; }
    [[nodiscard]] SideBar &sideBar() const { return *m_sideBar; }
    [[nodiscard]] MessageArea &messages() const { return *m_messages; }
    [[nodiscard]] QList<Forward::ForwardSnapshot> selection() const;

    void setFilterText(const QString &text);
    /// Without clusters the empty page offers a kubeconfig instead of a forward.
    void setHasClusters(bool has, const QStringList &lookedAt);
    /// The details are hidden all the same while there is no forward to tell of.
    void setDetailsShown(bool shown);
    /// Empty takes the bar away.
    void showRemoved(const QString &text);
    /// Makes the row visible whatever the filter says, and selects it.
    void reveal(Forward::ForwardId id);
    void saveLayout() const;

public slots:
    void onUpdated(const QSet<Fairlead::Forward::ForwardId> &ids);
    void onConnectionsUpdated(const QSet<Fairlead::Forward::ForwardId> &ids);

signals:
    void newForwardRequested();
    void kubeconfigRequested();
    void clearFilterRequested();
    void undoRequested();
    void removedDismissed();
    void selectionMoved();

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class Emptiness { None, NoClusters, NoForwards, NoMatch };

    void build(QWidget *upper);
    void watch();
    void showSelection();
    void refreshEmptiness();
    void refreshDetails();
    void pressEmptyButton();

    ForwardService &m_service;
    ForwardsModel &m_model;
    Store::Settings &m_settings;
    ForwardsFilter *m_filter;
    CategoryModel *m_categories;
    SideBar *m_sideBar;
    MessageArea *m_messages;
    ForwardsView *m_table;
    Placeholder *m_empty;
    QStackedWidget *m_pages;
    DetailsPanel *m_details;
    QTimer *m_removedTimer;
    QSplitter *m_across;
    QSplitter *m_down;
    QByteArray m_downState;
    QString m_filterText;
    bool m_hasClusters = true;
    bool m_detailsShown = true;
    QStringList m_lookedAt;
    Emptiness m_emptiness = Emptiness::None;
};

} // namespace Fairlead::Ui
