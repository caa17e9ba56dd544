#pragma once

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLineEdit;

namespace Fairlead::Ui {

/// On which addresses of this computer to listen. Loopback unless the user says otherwise, and then it is marked: a
/// forward that others can reach lends them the user's rights in the cluster.
class ListenBox final : public QWidget
{
    Q_OBJECT

public:
    explicit ListenBox(QWidget *parent = nullptr);

    /// As ForwardSpec::addresses; empty while what is typed is no list of addresses.
    [[nodiscard]] QStringList addresses() const;
    void setAddresses(const QStringList &addresses);
    /// Where a label in front of this should lead.
    [[nodiscard]] QWidget *field() const;

signals:
    void changed();

private:
    void update();

    QComboBox *m_choice;
    QLineEdit *m_typed;
    QWidget *m_mark;
};

/// "127.0.0.1, ::1" as a list; empty if any of them is neither an IP address nor "localhost".
[[nodiscard]] QStringList addressesIn(const QString &typed);
/// Whether another computer could reach a listener on this address.
[[nodiscard]] bool isReachableFromOutside(const QString &address);

} // namespace Fairlead::Ui
