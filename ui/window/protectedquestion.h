#pragma once

#include <QDialog>

namespace Fairlead::Ui {

/// "Start in prod-eu?": names the context and its server, and does nothing by itself: Cancel is the default.
class ProtectedQuestion final : public QDialog
{
    Q_OBJECT

public:
    struct Place {
        QString context;
        QString server;
    };

    explicit ProtectedQuestion(const QList<Place> &places, QWidget *parent = nullptr);
};

} // namespace Fairlead::Ui
