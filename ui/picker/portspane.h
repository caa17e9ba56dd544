#pragma once

#include "core/kube/api/apierror.h"
#include "core/kube/objects/service.h"
#include "ui/picker/portsmodel.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedWidget;
class QTreeView;

namespace Fairlead::Ui {

class Placeholder;

/// The selected pod or service: what it is, its ports to tick, and a field for one that it does not declare.
class PortsPane final : public QWidget
{
    Q_OBJECT

public:
    explicit PortsPane(QWidget *parent = nullptr);

    /// As PortsModel::setPortTest().
    void setPortTest(const PortTest &isFree) { m_ports.setPortTest(isFree); }
    /// No pod is selected.
    void showNoPod();
    void showNoService();
    /// Ports are the service's own; the same service again keeps ticks and what was typed.
    void showService(const Kube::ServiceInfo &service);
    /// Its ports are being asked for.
    void showLoading(const QString &pod, const QString &status);
    void showPod(const Kube::PodInfo &pod);
    /// The pod could not be read: ports can still be typed.
    void showFailure(const Kube::PodInfo &known, const Kube::ApiError &error);

    [[nodiscard]] QList<Kube::PortArgument> chosen() const { return m_ports.chosen(); }
    /// Whether a port stands in the field that was not added yet.
    [[nodiscard]] bool hasTypedPort() const;
    /// What a forward to this pod can expect, in one sentence.
    [[nodiscard]] static QString sentenceAbout(const Kube::PodInfo &pod);

    /// To the first port, or where one is typed if the pod declares none.
    void focusPorts();
    /// Takes over a port that is typed but not added yet. False: it cannot be, which is said there.
    bool takeTypedPort();

signals:
    void chosenChanged();
    /// Enter on the ports, or a double click on one: this alone is ticked then.
    void forwardWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setUpTable();
    void showNothing(const QString &title);
    void showHeader(const QString &name, const QString &state);
    void sayProblem(const QString &text);

    PortsModel m_ports;
    QStackedWidget *m_pages;
    Placeholder *m_placeholder;
    QLabel *m_pod;
    QLabel *m_state;
    QTreeView *m_table;
    QLabel *m_hint;
    QLineEdit *m_other;
    QLabel *m_problem;
};

} // namespace Fairlead::Ui
