#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace Fairlead::Store {
class Settings;
}

namespace Fairlead::Ui {

class ConnectionsModel;
class ConnectionsView;
class FactsPage;
class LogView;
class Placeholder;

/// What lies below the table: connections, log and facts of the one selected forward; a sentence otherwise.
class DetailsPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsPanel(Store::Settings &settings, QWidget *parent = nullptr);

    /// Shows another forward, or the same one afresh.
    void open(const Forward::ForwardSnapshot &forward, const QList<Forward::ConnectionSnapshot> &connections,
              const QList<Forward::LogLine> &log);
    /// Nothing or too much is selected.
    void openNothing(int selectedCount);
    [[nodiscard]] Forward::ForwardId forwardId() const { return m_id; }

    /// News of the forward that is shown.
    void update(const Forward::ForwardSnapshot &forward);
    void setConnections(const QList<Forward::ConnectionSnapshot> &connections);
    void addLogLine(const Forward::LogLine &line);

    void focusCurrentTab();
    void saveLayout() const;
    [[nodiscard]] QTabWidget &tabs() const { return *m_tabs; }

signals:
    void copyDetailsRequested();
    void openRequested();

private:
    using QWidget::update;
    void refreshEmptyConnections();

    Forward::ForwardId m_id = 0;
    Forward::ForwardSnapshot m_forward;
    QStackedWidget *m_pages;
    QLabel *m_nothing;
    QTabWidget *m_tabs;
    QLabel *m_summary;
    ConnectionsModel *m_connections;
    ConnectionsView *m_connectionsView;
    QStackedWidget *m_connectionsPages;
    Placeholder *m_noConnections;
    LogView *m_log;
    FactsPage *m_facts;
};

} // namespace Fairlead::Ui
