#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace Fairlead::Ui {

class ListenBox;
class LocalPortsBox;

/// What a forward is called, what is written about it, and where it listens. Changes nothing by itself: spec() has what
/// was chosen, once accepted.
class PropertiesDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit PropertiesDialog(const Forward::ForwardSnapshot &forward, QWidget *parent = nullptr);

    [[nodiscard]] Forward::ForwardId forwardId() const { return m_id; }
    [[nodiscard]] Forward::ForwardSpec spec() const;

private:
    void fillFields();
    void fillColors();
    void layOut();
    void check();
    [[nodiscard]] QString problem() const;

    const Forward::ForwardId m_id;
    const Forward::ForwardSpec m_before;
    const bool m_isActive;
    QLineEdit *m_name;
    QLineEdit *m_tags;
    QComboBox *m_color;
    QLineEdit *m_url;
    QPlainTextEdit *m_notes;
    LocalPortsBox *m_ports;
    ListenBox *m_listen;
    QLabel *m_remark;
    QPushButton *m_ok = nullptr;
};

/// "db, team a" as tags: trimmed, none twice, none empty.
[[nodiscard]] QStringList tagsIn(const QString &typed);

} // namespace Fairlead::Ui
