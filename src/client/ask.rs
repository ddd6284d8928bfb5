//! The one place that awaits a request and explains what came of it.

use std::{
    cell::{Cell, OnceCell},
    future::Future,
};

use bytes::Bytes;
use progenitor_client::{Error, ResponseValue};

use crate::{
    client::{ApiError, error},
    config::Product,
};

tokio::task_local! {
    /// The call that this task is making: the hooks of the generated client leave here what its
    /// error cannot carry.
    static CALL: Call;
}

struct Call {
    made: Cell<Option<(Product, &'static str)>>,
    keeps_body: bool,
    body: OnceCell<Bytes>,
}

/// Awaits a request of a generated client.
///
/// # Errors
///
/// [`ApiError`] says which operation failed and why, in words for a person or a model.
pub async fn ask<T>(
    sent: impl Future<Output = Result<ResponseValue<T>, Error<()>>>,
) -> Result<T, ApiError> {
    let (answer, _) = call(sent, false).await?;
    Ok(answer)
}

/// As [`ask`], with the body as the server sent it.
///
/// # Errors
///
/// As [`ask`].
pub async fn ask_raw<T>(
    sent: impl Future<Output = Result<ResponseValue<T>, Error<()>>>,
) -> Result<(T, Bytes), ApiError> {
    call(sent, true).await
}

async fn call<T>(
    sent: impl Future<Output = Result<ResponseValue<T>, Error<()>>>,
    keeps_body: bool,
) -> Result<(T, Bytes), ApiError> {
    let call = Call {
        made: Cell::new(None),
        keeps_body,
        body: OnceCell::new(),
    };
    CALL.scope(call, async {
        let outcome = sent.await;
        let (made, body) = CALL.with(|call| (call.made.get(), call.body.get().cloned()));
        match outcome {
            Ok(answer) => Ok((answer.into_inner(), body.unwrap_or_default())),
            Err(error) => {
                let kind = error::explain(error).await;
                Err(ApiError::of_call(made, kind))
            }
        }
    })
    .await
}

/// Notes which operation is being called.
pub(super) fn note(product: Product, operation: &'static str) {
    // A request that was sent without `ask` has nobody to tell.
    let _ = CALL.try_with(|call| call.made.set(Some((product, operation))));
}

/// Keeps the body, if the caller wants it.
pub(super) fn keep(body: &Bytes) {
    let _ = CALL.try_with(|call| {
        if call.keeps_body {
            // A retry never gets here twice: only a whole body ends the attempts.
            let _ = call.body.set(body.clone());
        }
    });
}
